"""Figures that recompute: each with its population, period, unit, definition, base and as-at time."""
