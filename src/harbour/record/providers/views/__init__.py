"""Pages of the register, of the directory, and of where a child lives."""
