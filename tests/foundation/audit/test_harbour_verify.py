"""The tool that an agency holds: one file, any Python from 3.9, and no word taken on trust."""

import ast
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harbour.foundation.audit import command, export, harbour_verify, rules
from harbour.foundation.audit.harbour_verify import signature_holds
from tests.foundation.audit.conftest import SEED

TOOL = Path(harbour_verify.__file__)
PUBLIC_KEY = (
    Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SEED)).public_key().public_bytes_raw()
)
PUBLIC = PUBLIC_KEY.hex()
# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e397"
            "01cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f361"
            "3d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_it_accepts_the_standards_own_signatures(public, message, signature):
    assert signature_holds(*map(bytes.fromhex, (public, message, signature)))


def test_it_agrees_with_another_implementation():
    chance = random.Random(7)
    for length in range(24):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), chance.randbytes(length)
        signature = key.sign(message)
        broken = bytearray(signature)
        broken[chance.randrange(64)] ^= 1 << chance.randrange(8)

        assert signature_holds(public, message, signature)
        assert not signature_holds(public, message, bytes(broken))
        assert not signature_holds(public, message + b"x", signature)


def test_it_refuses_a_second_form_of_a_signature():
    key = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"m")
    number = int.from_bytes(signature[32:], "little") + harbour_verify.ORDER

    assert not signature_holds(public, b"m", signature[:32] + number.to_bytes(32, "little"))
    assert not signature_holds(public, b"m", signature[:63])
    assert not signature_holds(b"\xff" * 32, b"m", signature)


def test_it_states_the_ledgers_rules_as_the_hub_does():
    leaves = [bytes([each]) * 32 for each in range(7)]
    fields = ["a", None, "é", ""]

    assert harbour_verify.leaf_of(fields) == rules.leaf(fields)
    for size in range(1, 8):
        root = rules.merkle_root(leaves[:size])
        for index in range(size):
            beside = [bytes.fromhex(each) for each in export.proof(leaves[:size], index)]
            assert harbour_verify.root_from(leaves[index], index, size, beside) == root
            assert harbour_verify.root_from(leaves[index], index, size, [*beside, root]) != root
    tied = rules.chained(previous=b"\x00", root=leaves[0], batch=3, entries=9)
    assert harbour_verify.chained(b"\x00", leaves[0], 3, 9) == tied


def test_it_is_one_file_for_python_3_9_with_nothing_else():
    tree = ast.parse(TOOL.read_text("utf-8"), feature_version=(3, 9))

    imported = {
        str(each.module if isinstance(each, ast.ImportFrom) else each.names[0].name).split(".")[0]
        for each in ast.walk(tree)
        if isinstance(each, ast.Import | ast.ImportFrom)
    }
    assert imported - {"__future__"} <= sys.stdlib_module_names


@pytest.fixture
def files(witnessed, tmp_path):
    """Give the police's export, and what its witness kept."""
    path = tmp_path / "police.export.jsonl"
    with path.open("w", encoding="utf-8") as out:
        assert export.write(witnessed.police, out) > 0
    return path, witnessed.witness_file


def _run(path, witness, key=PUBLIC):
    said = [str(path), *(["--witness", str(witness)] if witness else []), "--key", key]
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), *said], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def _changed(path, change):
    lines = [json.loads(each) for each in path.read_text("utf-8").splitlines()]
    lines = change(lines) or lines
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")


def _first(lines, kind):
    return next(each for each in lines if each["harbour"] == kind)


def test_an_untouched_export_holds(files):
    code, said = _run(*files)

    assert code == 0, said
    assert "The ledger holds." in said


def test_without_a_witness_it_says_what_it_cannot_see(files):
    code, said = _run(files[0], None)

    assert code == 0
    assert "whether the end was cut off cannot be seen" in said


TOUCHES = {
    "a word of a row": lambda lines: _first(lines, "row")["fields"].update(reason="Curious."),
    "a row of another agency": lambda lines: _first(lines, "row")["fields"].update(agency_id="x"),
    "a row told twice": lambda lines: [*lines, _first(lines, "row")],
    "a row's place": lambda lines: _first(lines, "row").update(index=99),
    "a row's proof": lambda lines: _first(lines, "row").update(proof=["00" * 32]),
    "a seal taken out": lambda lines: [
        each for each in lines if not (each["harbour"] == "seal" and each["batch"] == 3)
    ],
    "a seal's root": lambda lines: _first(lines, "seal").update(root="00" * 32),
    "the end cut off": lambda lines: [
        each for each in lines if each["harbour"] in {"export", "key"} or each["batch"] in {1, 2}
    ],
    "a signature": lambda lines: _first(lines, "root").update(signature="00" * 64),
    "a part lost": lambda lines: _first(lines, "row").pop("fields") and None,
}


@pytest.mark.parametrize("what", TOUCHES)
def test_a_touched_export_does_not_hold(files, what):
    path, witness = files
    _changed(path, TOUCHES[what])

    code, said = _run(path, witness)

    assert code == 1, said
    assert "The ledger does NOT hold." in said
    assert "Traceback" not in said


def test_a_root_under_a_strangers_key_does_not_hold(files):
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32).public_key().public_bytes_raw()

    path, witness = files
    code, said = _run(path, witness, key=stranger.hex())

    assert code == 1
    assert "which no key that you trust endorsed" in said


def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "x"
    path.write_text("not json\n", encoding="utf-8")

    assert _run(path, None) == (1, f"Line 1 of {path} cannot be read.\n")


def test_an_export_may_begin_where_the_witness_stood(witnessed, tmp_path):
    out = io.StringIO()
    export.write(witnessed.police, out, since=4)
    path = tmp_path / "later.jsonl"
    path.write_text(out.getvalue(), encoding="utf-8")

    code, said = _run(path, witnessed.witness_file)

    assert code == 0, said
    assert "begins where your witness had batch 3" in said


def test_an_export_that_begins_later_needs_the_witness(witnessed, tmp_path):
    path = tmp_path / "later.jsonl"
    with path.open("w", encoding="utf-8") as out:
        export.write(witnessed.police, out, since=2)

    code, said = _run(path, None)

    assert code == 1
    assert "your witness does not hold batch 1" in said


def test_the_command_hands_it_out_and_exports(witnessed, tmp_path, capsys):
    tool, out = tmp_path / "tool.py", tmp_path / "out.jsonl"

    assert command.run(["tool", "--out", str(tool)]) == 0
    assert command.run(["export", "--agency", "middleshire police", "--out", str(out)]) == 0
    assert command.run(["export", "--agency", "Nobody", "--out", str(out)]) == 1
    assert command.run(["verify", "--witness", str(witnessed.witness_file)]) == 0

    assert tool.read_bytes() == TOOL.read_bytes()
    assert _run(out, witnessed.witness_file)[0] == 0
    assert out.stat().st_mode & 0o077 == 0
    assert "The ledger holds." in capsys.readouterr().out
    assert os.access(TOOL, os.X_OK)
