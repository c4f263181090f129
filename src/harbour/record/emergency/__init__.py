"""Emergency access: out of hours, one child, 60 minutes, a reason in words, and a review.

Words: an *attempt* looks for exactly one child and says found or not found; *breaking glass* opens
that child's record to one worker; the *leads* are the team managers of the child's authority, told
in the same transaction, who *review* it by the end of the next working day.

Opens the parts of a child's record and nothing else: the sources of intelligence are no part of it
and stay closed. A record under a restriction of who the child is answers as if it did not exist.
"""
