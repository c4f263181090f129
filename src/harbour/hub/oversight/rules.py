"""What is so: how many children are a handful, how long an export may be."""

# An export with the names of more children than this takes two people.
A_HANDFUL = 10
# Rows of one export.
MOST_ROWS = 20_000
# Rows of a pack: a few seconds to set. It says how many there are; the CSV has the others.
MOST_IN_A_PACK = 4_000


def needs_two(children: int) -> bool:
    """Say whether an export with the names of so many children takes two people."""
    return children > A_HANDFUL
