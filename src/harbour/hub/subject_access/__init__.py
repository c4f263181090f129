"""A child's or parent's request for what is held, answered in time, without anybody else in it.

Words: a *request* has a clock; what is held is gathered as *passages*; a *redaction* is a proposal
to take words out, with a reason, which a person accepts or rejects; a second person checks, and
the *release* is a new document built from what is left, with a fingerprint of each part.
"""
