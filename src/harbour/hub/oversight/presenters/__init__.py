"""The oversight desk as frozen values."""
