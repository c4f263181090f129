"""Unusual breadth, as whoever leads the team reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from harbour.foundation.audit.breadth.models import Alert
from harbour.foundation.audit.vocabulary import AlertKind
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.forms import Form
from harbour.foundation.ui.when import moment
from harbour.record.people.queries import PersonLine

SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class AlertPage:
    """One alert: who, how many, which; and the two answers."""

    heading: str
    facts: ui.SummaryList
    children: ui.Table | None
    form: Form | None


def alerts_table(alerts: Iterable[Alert], *, total: int | None = None) -> ui.Table:
    """Return the alerts as a list, those that wait first as they come."""
    return ui.Table(
        caption="Unusual breadth",
        columns=(ui.Column("Who"), ui.Column("What"), ui.Column("When"), ui.Column("Answer")),
        rows=[
            (
                ui.Link(each.user_name, reverse("oversight:alert", args=[each.pk])),
                in_words(each),
                moment(each.raised_at),
                state(each),
            )
            for each in alerts
        ],
        empty="Nobody opened unusually many records.",
        total=total,
        noun=("alert", "alerts"),
    )


def in_words(alert: Alert) -> str:
    """Return what happened in one sentence."""
    sentence = f"Opened {alert.number} children's records beyond their own work within an hour"
    return f"{sentence} and was stopped" if alert.kind == AlertKind.STOPPED else sentence


def state(alert: Alert) -> ui.Tag:
    """Return whether somebody answered, in a word."""
    if not alert.answer:
        return ui.Tag("Waiting", ui.Colour.YELLOW)
    return ui.Tag(alert.get_answer_display(), ui.Colour.GREEN)


def alert_page(
    alert: Alert, opened: list[UUID], names: Mapping[UUID, PersonLine], form: Form | None
) -> AlertPage:
    """Return one alert; the children it is about for who reads the ledger."""
    rows = [
        ui.Row("Who", alert.user_name),
        ui.Row("What", in_words(alert)),
        ui.Row("When", moment(alert.raised_at)),
        ui.Row("Answer", state(alert)),
    ]
    if alert.answered_by and alert.answered_at:
        rows.append(ui.Row("Answered by", f"{alert.answered_by.name}, {moment(alert.answered_at)}"))
        rows.append(ui.Row("What was found", alert.note))
    if alert.until:
        rows.append(ui.Row("May go on until", moment(alert.until)))
    return AlertPage(
        heading=f"{alert.user_name} opened many records",
        facts=ui.SummaryList(tuple(rows)),
        children=_children(opened, names) if opened else None,
        form=form if not alert.answer else None,
    )


def _children(opened: list[UUID], names: Mapping[UUID, PersonLine]) -> ui.Table:
    return ui.Table(
        caption="Records opened beyond their own work in the hour before",
        columns=(ui.Column("Whose record"),),
        rows=[
            (
                ui.Link(
                    names[each].name if each in names else "A record",
                    reverse("oversight:subject", args=[each]),
                ),
            )
            for each in opened[:SHOWN]
        ],
        empty="",
        total=len(opened),
        noun=("record", "records"),
    )
