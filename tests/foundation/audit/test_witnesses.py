"""Signed roots leave the hub: what a witness gets, and what happens when it cannot be reached."""

import datetime as dt
import http.server
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import override

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.db import ProgrammingError, connection, transaction

from harbour.config import installation, secrets
from harbour.foundation.access.context import acting_as, acting_as_nobody
from harbour.foundation.audit import actions, egress, harbour_verify, queries, signing, witnessing
from harbour.foundation.audit.models import Delivery, Entry, SignedRoot, SigningKey, Witness
from harbour.foundation.audit.tasks import seal
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from tests.boundary import tampering

TAKES, REFUSES, SENDS_ON = 204, 500, 302


def _add(cast, kind, address):
    with acting_as(cast.records_officer.pk) as by:
        return actions.add_witness(
            agency=cast.police, kind=kind, address=address, by=by, at=clock.now()
        )


def _states(cast):
    with acting_as(cast.records_officer.pk):
        return queries.witness_states(clock.now())


def _round(user):
    """Be the worker once: something happened, it is sealed, signed and handed on."""
    tampering.look(user)
    seal()
    return witnessing.sign(), witnessing.deliver()


def test_a_file_gets_a_line_that_the_hubs_key_signed(committed, keyed):
    _add(committed, WitnessKind.FILE, "police.jsonl")

    assert _round(committed.nurse) == (True, 1)

    (line,) = (keyed / "police.jsonl").read_text("utf-8").splitlines()
    root = json.loads(line)
    with acting_as(committed.detective.pk):
        key = SigningKey.objects.get()
    public = bytes.fromhex(key.public)
    assert root["key_id"] == key.key_id
    assert harbour_verify.signature_holds(
        public, harbour_verify.root_statement(root), bytes.fromhex(root["signature"])
    )
    assert root.keys() == {"harbour", "batch", "chained", "signed_at", "key_id", "signature"}
    assert [each.behind for each in _states(committed)] == [False]


def test_a_quiet_ledger_is_signed_again_within_a_minute(committed, keyed):
    _add(committed, WitnessKind.FILE, "police.jsonl")
    _round(committed.nurse)

    assert not witnessing.sign()
    with time_machine.travel(clock.now() + timedelta(seconds=50)):
        assert witnessing.sign()
        assert witnessing.deliver() == 1
    assert len((keyed / "police.jsonl").read_text("utf-8").splitlines()) == 2


def test_without_the_key_nothing_is_signed(committed, keyed, settings):
    settings.HARBOUR_LEDGER_KEY = ""

    assert _round(committed.nurse) == (False, 0)


def test_the_web_server_is_not_given_the_key():
    environment = {"HARBOUR_LEDGER_KEY": "aa", "HARBOUR_LEDGER_KEY_BEFORE": "bb", "HOME": "/"}

    kept = installation.for_the_web(environment)

    assert kept["HOME"] == "/"
    assert not any(name.startswith("HARBOUR_LEDGER") for name in kept)


class _Answers(http.server.BaseHTTPRequestHandler):
    status = TAKES
    got: list[dict[str, object]] = []

    def do_POST(self) -> None:
        """Keep what came, and answer as the test says."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append(json.loads(body))
        self.send_response(type(self).status)
        if type(self).status == SENDS_ON:
            self.send_header("Location", "https://localhost/elsewhere")
        self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(tmp_path: Path, settings) -> Iterator[str]:
    """Run an agency's HTTPS endpoint on this machine, under a certificate of its own authority."""
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = http.server.HTTPServer(("127.0.0.1", 0), _Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.HARBOUR_WITNESS_CA = str(certificate)
    settings.HARBOUR_WITNESS_INNER_HOSTS = frozenset({"localhost"})
    _Answers.status, _Answers.got = TAKES, []
    yield f"https://localhost:{server.server_port}/ledger"
    server.shutdown()
    thread.join()
    server.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    began = dt.datetime.now(dt.UTC) - timedelta(days=1)  # noqa: TID251 - a certificate's own day
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, began, began + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "endpoint.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_an_endpoint_takes_the_root(committed, keyed, endpoint):
    _add(committed, WitnessKind.ENDPOINT, endpoint)

    assert _round(committed.nurse) == (True, 1)

    assert [each["harbour"] for each in _Answers.got] == ["root"]


@pytest.mark.parametrize("status", [REFUSES, SENDS_ON])
def test_what_an_endpoint_does_not_take_is_seen_and_tried_again(committed, keyed, endpoint, status):
    _add(committed, WitnessKind.ENDPOINT, endpoint)
    _Answers.status = status

    assert _round(committed.nurse) == (True, 0)
    (failing,) = _states(committed)
    _Answers.status = TAKES
    assert witnessing.deliver() == 1
    (well,) = _states(committed)

    assert (failing.behind, failing.failed) == (True, f"It answered {status}.")
    assert (well.behind, well.failed) == (False, "")
    assert len(_Answers.got) == 2  # a redirect is not followed


def test_an_endpoint_in_an_inner_network_is_refused(committed, keyed, endpoint, settings):
    settings.HARBOUR_WITNESS_INNER_HOSTS = frozenset()
    _add(committed, WitnessKind.ENDPOINT, endpoint)

    assert _round(committed.nurse) == (True, 0)
    assert _states(committed)[0].failed == "localhost is an address of an inner network."
    assert _Answers.got == []


def test_a_certificate_of_somebody_else_is_refused(committed, keyed, endpoint, settings):
    settings.HARBOUR_WITNESS_CA = ""

    with pytest.raises(egress.NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        egress.post(endpoint, "{}")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (WitnessKind.ENDPOINT, "http://agency.example.org/"),
        (WitnessKind.ENDPOINT, "https://user:secret@agency.example.org/"),
        (WitnessKind.ENDPOINT, "https://agency.example.org:99999/"),
        (WitnessKind.ENDPOINT, "https://agency.example.org/a b"),
        (WitnessKind.ENDPOINT, "file:///etc/passwd"),
        (WitnessKind.FILE, "../secrets.json"),
        (WitnessKind.FILE, "/etc/cron.d/x"),
        (WitnessKind.FILE, ".hidden"),
        (WitnessKind.MAILBOX, "nobody"),
        (WitnessKind.MAILBOX, "a@example.org\nBcc: b@example.org"),
    ],
)
def test_an_address_that_cannot_be_a_witness_is_refused(cast, as_user, kind, address):
    with as_user(cast.records_officer) as by, pytest.raises(Refused):
        actions.add_witness(agency=cast.police, kind=kind, address=address, by=by, at=clock.now())


def test_a_mailbox_gets_the_root_and_nothing_about_anybody(committed, keyed, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    _add(committed, WitnessKind.MAILBOX, "ledger@police.example.org")

    _round(committed.nurse)
    with time_machine.travel(clock.now() + timedelta(seconds=50)):
        witnessing.sign()
        witnessing.deliver()  # nothing new: a mailbox is not filled with it

    (letter,) = mail.outbox
    assert letter.subject == "Harbour ledger: root of batch 1"
    assert json.loads(str(letter.body))["batch"] == 1
    assert committed.nurse.name not in letter.body


def test_a_hub_without_a_mail_server_says_so(committed, keyed, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    _add(committed, WitnessKind.MAILBOX, "ledger@police.example.org")

    _round(committed.nurse)

    assert _states(committed)[0].failed == "This hub was not given a mail server."


def test_a_new_key_is_endorsed_by_the_one_before(committed, keyed, settings):
    _round(committed.nurse)
    settings.HARBOUR_LEDGER_KEY_BEFORE = settings.HARBOUR_LEDGER_KEY
    settings.HARBOUR_LEDGER_KEY = "77" * 32

    _round(committed.nurse)

    with acting_as(committed.detective.pk):
        first, second = SigningKey.objects.order_by("made_at")
    said = {
        "key_id": second.key_id,
        "public": second.public,
        "made_at": signing.instant(second.made_at),
    }
    assert second.endorsed_by == first.key_id
    assert harbour_verify.signature_holds(
        bytes.fromhex(first.public),
        harbour_verify.key_statement(said),
        bytes.fromhex(second.endorsement),
    )


def test_the_operators_command_keeps_the_key_before(tmp_path):
    before = secrets.load(tmp_path, {})

    secrets.rotate_ledger_key(tmp_path, {})

    after = secrets.load(tmp_path, {})
    assert after.ledger_key_before == before.ledger_key != after.ledger_key
    assert after.context_key == before.context_key


def test_a_witness_is_ended_and_both_are_on_the_ledger(cast, as_user):
    with as_user(cast.administrator) as by:
        witness = actions.add_witness(
            agency=cast.health,
            kind=WitnessKind.FILE,
            address="health.jsonl",
            by=by,
            at=clock.now(),
        )
        actions.end_witness(witness=witness, reason="Moved to another host.", by=by, at=clock.now())
        left = list(Witness.objects.filter(ended_at=None))
        events = set(Entry.objects.values_list("event", flat=True))

    assert left == []
    assert {"audit.witness_added", "audit.witness_ended"} <= events


@pytest.mark.parametrize("who", ["detective", "team_manager", "director", "coordinator"])
def test_nobody_else_gives_or_sees_witnesses(cast, as_user, who):
    with as_user(cast.records_officer) as by:
        actions.add_witness(
            agency=cast.police, kind=WitnessKind.FILE, address="p.jsonl", by=by, at=clock.now()
        )

    with as_user(getattr(cast, who)) as by:
        assert Witness.objects.count() == 0
        with pytest.raises(Refused):
            actions.add_witness(
                agency=cast.police, kind=WitnessKind.FILE, address="q.jsonl", by=by, at=clock.now()
            )
        with pytest.raises(ProgrammingError), transaction.atomic():
            Witness.objects.bulk_create(
                [
                    Witness(
                        agency=cast.police,
                        kind=WitnessKind.FILE,
                        address="q.jsonl",
                        recorded_at=clock.now(),
                        recorded_by_id=by.user_id,
                    )
                ]
            )


def test_nobody_without_a_context_sees_any_of_it(witnessed):
    with acting_as_nobody():
        seen = [each.objects.count() for each in (Witness, SigningKey, SignedRoot, Delivery)]

    assert seen == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_signedroot VALUES (gen_random_uuid(), 1, '', now(), '', '')",
        "UPDATE audit_signedroot SET batch = 1",
        "DELETE FROM audit_signedroot",
        "INSERT INTO audit_signingkey VALUES ('a', 'b', now(), '', '')",
        "UPDATE audit_witness SET address = 'other'",
        "DELETE FROM audit_witness",
        "DELETE FROM audit_delivery",
    ],
)
def test_the_application_cannot_write_past_the_functions(cast, as_user, statement):
    with (
        as_user(cast.records_officer),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_root_that_is_not_of_this_ledger_is_not_kept(witnessed):
    with (
        pytest.raises(Exception, match="Only a root of this ledger"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT harbour_sec.audit_keep_root(gen_random_uuid(), 1, '\\x00', now(), 'k', 's')"
        )
