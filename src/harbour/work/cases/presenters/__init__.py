"""What the pages about a child show, as frozen values."""
