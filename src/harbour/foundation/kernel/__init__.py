"""The few things every room needs.

Refusals, the clock, working days, base models, versions, events.

Nothing here knows what a child is.
"""
