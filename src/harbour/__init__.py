"""Harbour: where the agencies around a child see, decide and act together."""
