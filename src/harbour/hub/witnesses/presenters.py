"""Witnesses as a page shows them."""

from collections.abc import Sequence

from django.urls import reverse

from harbour.foundation.audit.models import SignedRoot, SigningKey
from harbour.foundation.audit.queries import WitnessState
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment


def witness_table(states: Sequence[WitnessState]) -> ui.Table:
    """Return the witnesses with what each was given last."""
    return ui.Table(
        caption="Witnesses",
        columns=(
            ui.Column("Agency"),
            ui.Column("Where"),
            ui.Column("State"),
            ui.Column("Took last"),
            ui.Column("Action"),
        ),
        rows=[_row(each) for each in states],
        empty="No agency keeps the ledger's roots yet: whether its end is cut off could not be "
        "seen. Add a witness.",
        noun=("witness", "witnesses"),
    )


def _row(state: WitnessState) -> tuple[ui.Content, ...]:
    witness = state.witness
    tag = ui.Tag("Behind", ui.Colour.RED) if state.behind else ui.Tag("Well", ui.Colour.GREEN)
    taken = f"Batch {state.batch}, {moment(state.taken_at)}" if state.taken_at else "Nothing yet"
    return (
        witness.agency.name,
        ui.Lines((state.kind.label, witness.address)),
        ui.Lines((tag, state.failed)) if state.failed else tag,
        taken,
        ui.Link("End", reverse("witnesses:end", args=[witness.pk]), about=witness.address),
    )


def key_table(keys: Sequence[SigningKey]) -> ui.Table:
    """Return the public keys, with which an agency checks its roots."""
    return ui.Table(
        caption="The hub's public keys",
        columns=(ui.Column("Key"), ui.Column("Since"), ui.Column("Endorsed by")),
        rows=[
            (
                ui.Lines((each.key_id, each.public)),
                moment(each.made_at),
                each.endorsed_by or "None: hand it to each agency yourself",
            )
            for each in keys
        ],
        empty="The worker publishes the key when it signs for the first time.",
        noun=("key", "keys"),
    )


def newest_sentence(root: SignedRoot | None) -> str:
    """Return in one sentence what was signed last."""
    if root is None:
        return "No root of the ledger is signed yet: the worker signs within a minute of starting."
    return f"Batch {root.batch} was signed last, {moment(root.signed_at)}."
