"""My work: what is mine and when it is due.

Words: a *task* is one thing to do for one child by a moment, with one button. A *change* is what
happened since the reader last looked. A *look* is when that was.
"""
