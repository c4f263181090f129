"""Outreach and training: how many were reached, where, in which year. Counts only, no person."""
