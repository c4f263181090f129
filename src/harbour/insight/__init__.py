"""What the record means: associations, lines, and figures that recompute."""
