"""The daily meeting, where the agencies grade a child together.

Words: the *window* runs on from the end of the last meeting, no gap, no overlap. The *agenda*
builds itself from the window. Each agency gives its *view* before it sees the others'; then the
views are *revealed* and one decision is made, with rationale and recorded dissent.
"""
