"""Pages of the oversight desk."""
