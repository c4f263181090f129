"""The signed context: what opens the record, and what does not."""

from django.db import connection


def _who() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT harbour_sec.uid()")
        return cursor.fetchone()[0]


def test_without_a_context_the_database_knows_nobody(cast):
    assert _who() is None


def test_a_genuine_token_names_its_user_until_the_block_ends(cast, as_user):
    with as_user(cast.nurse):
        assert _who() == cast.nurse.pk

    assert _who() is None


def test_a_nested_context_gives_way_to_the_outer_one(cast, as_user):
    with as_user(cast.nurse):
        with as_user(cast.director):
            assert _who() == cast.director.pk

        assert _who() == cast.nurse.pk
