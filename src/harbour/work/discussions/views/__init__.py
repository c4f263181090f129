"""Pages of the discussions room."""
