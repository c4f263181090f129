"""Frozen values for the templates of this room."""
