"""Measurements against a peer in the same run. Each is a command: `./harbour bench NAME`."""
