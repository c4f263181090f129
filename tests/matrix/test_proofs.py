"""No policy without proof: what `./harbour check policies` found is of the policies as they are."""

from django.db import connection

from tests.matrix import proofs
from tests.matrix.mutants import mutants
from tests.matrix.unnoticed import UNNOTICED

ASK_AGAIN = (
    "These policies are not the ones that were proved. Run `./harbour check policies --write "
    "--table {tables}`: it breaks each term and keeps who noticed in tests/matrix/proofs.csv. For "
    "a term that nobody notices, plant a row in tests/matrix/scenes.py that it decides over, take "
    "the term out of the policy, or name it with its reason in tests/matrix/unnoticed.py."
)


def _there() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
    return {
        (each.table, each.policy, each.definition, each.change)
        for table in tables
        for each in proofs.numbered(mutants(table))
    }


def test_every_term_of_every_policy_has_its_proof(db):
    proved = {
        (each["table"], each["policy"], each["definition"], each["term"]) for each in proofs.read()
    }

    unproved = _there() ^ proved

    tables = " ".join(sorted({each[0] for each in unproved}))
    assert unproved == set(), ASK_AGAIN.format(tables=tables)


def test_what_nobody_notices_is_named_with_its_reason():
    silent = {
        f"{each['table']}.{each['policy']}, {each['term']}"
        for each in proofs.read()
        if not each["noticed_by"]
    }

    assert silent == UNNOTICED.keys()
    assert all(len(reason) > len("because") for reason in UNNOTICED.values())
