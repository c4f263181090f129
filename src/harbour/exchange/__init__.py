"""Other systems' formats, each a stranger to the others."""
