"""Settings, root addresses and the command line: the only floor that knows all the others."""
