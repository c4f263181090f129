"""Where agencies sit together and decide."""
