"""What is asked: of anybody, of staff, of a caller, and of the person who screens."""
