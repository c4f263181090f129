"""My work: what is mine and when it is due."""
