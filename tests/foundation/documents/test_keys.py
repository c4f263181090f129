"""A file opens with its person's key and nowhere else; without the key it is gone."""

from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from harbour.foundation.documents import keys
from harbour.foundation.kernel.refusals import Refused

PERSON, FILE = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def master(settings: Settings) -> None:
    settings.HARBOUR_FILE_KEY = b"\x07" * 32


def test_a_file_comes_back_as_it_was() -> None:
    key = keys.unwrapped(keys.wrapped(keys.new_key(), of=PERSON), of=PERSON)

    stored = keys.sealed(b"plain words", key=key, of=FILE)

    assert b"plain" not in stored
    assert keys.opened(stored, key=key, of=FILE) == b"plain words"


def test_one_changed_bit_is_seen() -> None:
    key = keys.new_key()
    stored = bytearray(keys.sealed(b"plain words", key=key, of=FILE))
    stored[-1] ^= 1

    with pytest.raises(keys.Unreadable):
        keys.opened(bytes(stored), key=key, of=FILE)


def test_a_file_moved_to_another_place_does_not_open() -> None:
    key = keys.new_key()

    with pytest.raises(keys.Unreadable):
        keys.opened(keys.sealed(b"x", key=key, of=FILE), key=key, of=uuid4())


def test_a_persons_key_is_of_no_use_to_another() -> None:
    with pytest.raises(keys.Unreadable):
        keys.unwrapped(keys.wrapped(keys.new_key(), of=PERSON), of=uuid4())


def test_a_destroyed_key_opens_nothing() -> None:
    with pytest.raises(keys.Unreadable):
        keys.unwrapped(b"", of=PERSON)


def test_another_master_key_opens_nothing(settings: Settings) -> None:
    stored = keys.wrapped(keys.new_key(), of=PERSON)
    settings.HARBOUR_FILE_KEY = b"\x08" * 32

    with pytest.raises(keys.Unreadable):
        keys.unwrapped(stored, of=PERSON)


def test_without_a_master_key_nothing_is_taken_in(settings: Settings) -> None:
    settings.HARBOUR_FILE_KEY = b""

    with pytest.raises(Refused, match="HARBOUR_FILE_KEY"):
        keys.wrapped(keys.new_key(), of=PERSON)
