"""The desk of returns, and a file as it leaves."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from harbour.exchange.statutory_returns.forms import Take
from harbour.exchange.statutory_returns.rules import Made
from harbour.exchange.statutory_returns.vocabulary import TOLD_CHECKS
from harbour.foundation.agencies.models import Agency
from harbour.foundation.documents.tables import safe_cell
from harbour.foundation.ui import components as ui


@dataclass(frozen=True)
class Desk:
    """What came in, what can be handed out, and what to look at before."""

    form: Take
    came: ui.ActionList
    checks: ui.Table


def desk(form: Take, checks: Sequence[tuple[Agency, Mapping[str, int]]]) -> Desk:
    """Return the desk."""
    return Desk(
        form=form,
        came=ui.ActionList(
            (
                ui.Action(
                    "Police extracts of missing reports",
                    "What came, what was refused, and what the columns mean",
                    href=reverse("police_missing:runs"),
                ),
                ui.Action(
                    "Children-looked-after returns (SSDA903)",
                    "What came, and what was found in it",
                    href=reverse("ssda903:runs"),
                ),
            ),
            empty="",
        ),
        checks=_checks(checks),
    )


def _checks(checks: Sequence[tuple[Agency, Mapping[str, int]]]) -> ui.Table:
    return ui.Table(
        caption="What the national checks will say of the missing table",
        columns=(
            ui.Column("Authority"),
            ui.Column("Check"),
            ui.Column("What it means, and what to do"),
            ui.Column("Rows", numeric=True),
        ),
        rows=[
            (authority.name, rule, TOLD_CHECKS[rule], times)
            for authority, found in checks
            for rule, times in sorted(found.items())
        ],
        empty="The last import was flagged by none of the checks that come with the data.",
        noun=("check", "checks"),
    )


def as_csv(made: Made) -> str:
    """Return a file that a spreadsheet opens and does not obey."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(made.columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in made.rows)
    return out.getvalue()
