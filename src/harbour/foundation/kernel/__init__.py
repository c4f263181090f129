"""The few things every room needs: refusals, the clock, working days, base models, versions, events.

Nothing here knows what a child is.
"""
