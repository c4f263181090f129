"""Requests about missing children: the board, the report, an episode, its interview."""
