"""The vocabulary is kept by the database on every name written, and can be made anew."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

from django.db import connection

from harbour.foundation.access.models import User
from harbour.foundation.access.reader import Reader
from harbour.record.linkage.models import Deletion, Part, Token
from harbour.record.people.models import Name
from tests.builders.people import a_child

AsUser = Callable[[User], AbstractContextManager[Reader]]
Unbound = Callable[[], AbstractContextManager[None]]


def vocabulary() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the words and the parts that are held now."""
    words = {(each.field, each.token) for each in Token.objects.all()}
    parts = {(each.family, each.given) for each in Part.objects.all()}
    return words, parts


def test_every_word_of_a_name_is_learnt_as_it_is_written(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.front_door) as reader:
        a_child(reader, cast.county, given="Mary-Ann Lo\u00efs", family="Smith-Quill")

    with unbound():
        words, parts = vocabulary()
        slips = set(Deletion.objects.filter(token="quill").values_list("part", flat=True))

    assert {("given", "mary"), ("given", "ann"), ("given", "lois"), ("given", "maryann")} <= words
    assert {("family", "smith"), ("family", "quill"), ("family", "smithquill")} <= words
    assert {("quill", "ann"), ("smith", "lois"), ("smithquill", "maryann")} <= parts
    assert slips == {"uill", "qill", "qull", "quil"}


def test_a_name_of_two_words_needs_no_parts(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.front_door) as reader:
        a_child(reader, cast.county, given="Zebedee", family="Yarrow")

    with unbound():
        words, parts = vocabulary()

    assert ("given", "zebedee") in words
    assert not [each for each in parts if "yarrow" in each]


def test_learning_everything_anew_gives_the_same(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.front_door) as reader:
        a_child(reader, cast.county, given="Mary-Ann Lo\u00efs", family="Smith-Quill")
        a_child(reader, cast.county, given="Zebedee", family="O\u2019Yarrow")
        a_child(reader, cast.county, given="", family="Alone")

    with unbound():
        before = vocabulary()
        with connection.cursor() as cursor:
            cursor.execute("SELECT harbour_sec.learn_all_names()")
        after = vocabulary()

    assert after == before


def test_the_parts_of_a_name_go_with_the_name(
    cast: SimpleNamespace, as_user: AsUser, unbound: Unbound
) -> None:
    with as_user(cast.front_door) as reader:
        child = a_child(reader, cast.county, given="Mary Ann", family="Quill")

    with unbound():
        Name.objects.filter(person=child).delete()

        assert not Part.objects.filter(person=child).exists()
