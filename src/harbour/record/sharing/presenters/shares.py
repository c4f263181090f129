"""The pages on which a record is shared: what an agency will see, and what was disclosed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment
from harbour.record.sharing import queries
from harbour.record.sharing.forms import ShareForm
from harbour.record.sharing.presenters import panel
from harbour.record.sharing.presenters.words import FACETS, MEANING, in_order
from harbour.record.sharing.queries import Ground, Looker
from harbour.record.sharing.vocabulary import Gateway, Purpose

# Not carried from the form to the page that confirms: made anew there.
OWN_TO_A_PAGE = {"csrfmiddlewaretoken", "form_key", "confirmed"}


@dataclass(frozen=True, kw_only=True)
class ConfirmPage:
    """What an agency will see, said before it sees it."""

    heading: str
    will_see: ui.SummaryList
    readers: tuple[str, ...]
    closed: ui.Warning | None
    terms: ui.SummaryList
    carried: tuple[tuple[str, str], ...]
    back: str


def confirm_page(
    child_name: str,
    form: ShareForm,
    found: Ground,
    lookers: list[Looker],
    posted: QueryDict,
    *,
    back: str,
) -> ConfirmPage:
    """Return, in words, what pressing the button will open to whom."""
    agency = form.agency_chosen
    facets = in_order({"identity", *form.cleaned_data["facets"]})
    return ConfirmPage(
        heading=f"What {agency.name} will see of {child_name}",
        will_see=ui.SummaryList(tuple(ui.Row(FACETS[each], MEANING[each]) for each in facets)),
        readers=tuple(_reader(each, facets) for each in lookers),
        closed=_closed(agency.name, facets, lookers),
        terms=ui.SummaryList(
            (
                ui.Row("What for", Purpose(form.cleaned_data["purpose"]).label),
                ui.Row("Power or duty", Gateway(form.cleaned_data["gateway"]).label),
                ui.Row("Rests on", _rests_on(found)),
                ui.Row("Why", form.cleaned_data["reason"]),
                ui.Row("Until", _until(found)),
            )
        ),
        carried=tuple(
            (name, str(value))
            for name, values in posted.lists()
            if name not in OWN_TO_A_PAGE
            for value in values
        ),
        back=back,
    )


def _reader(each: Looker, facets: list[str]) -> str:
    unread = [FACETS[one].lower() for one in facets if one not in each.reads]
    parts = "all of it" if not unread else f"all but {', '.join(unread)}"
    return f"{each.name}, {each.job}: {parts}"


def _closed(agency: str, facets: list[str], lookers: list[Looker]) -> ui.Warning | None:
    """Return a warning where what is opened reaches nobody: the agency would still not know."""
    if not lookers:
        return ui.Warning(
            f"Nobody at {agency} has an account and a role that reads records. They will see "
            "nothing: tell them yourself as well."
        )
    read = frozenset().union(*(each.reads for each in lookers))
    unread = [FACETS[one].lower() for one in facets if one not in read]
    if not unread:
        return None
    return ui.Warning(
        f"Nobody at {agency} has a role that reads: {', '.join(unread)}. Sharing it opens it to "
        "nobody: tell them yourself if they need it."
    )


def _rests_on(found: Ground) -> str:
    if found.agreement is None:
        return "No agreement covers it: a decision for this child alone, for 28 days at most"
    return f"{found.agreement.title} ({found.agreement.reference})"


def _until(found: Ground) -> str:
    if found.expires_at is not None:
        return moment(found.expires_at)
    return "Until somebody withdraws it" if found.agreement else "28 days from now"


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """Everything that was shared, asked for and refused of one child's record, to print."""

    heading: str
    shares: ui.Table
    declines: ui.Table
    requests: ui.Table
    back: str


def record_page(reader: Reader, person_id: UUID, name: str, *, at: datetime) -> RecordPage:
    """Return the disclosure record of a child, marked with who printed it and when."""
    requests = queries.about_child(reader, person_id)
    return RecordPage(
        heading=f"Disclosure record: {name}",
        shares=_every_share(reader, person_id, at=at),
        declines=panel.declines_table(queries.declines_of(reader, person_id), may_share=False),
        requests=panel.requests_table(requests, queries.answers(each.pk for each in requests)),
        back=reverse("cases:sharing", args=[person_id]),
    )


def _every_share(reader: Reader, person_id: UUID, *, at: datetime) -> ui.Table:
    shares = queries.shares_of(reader, person_id)
    table = panel.past_table(shares)
    rows = [
        (*row[:-1], row[-1] if panel.is_over(each, at) else _end(each.expires_at))
        for each, row in zip(shares, table.rows, strict=True)
    ]
    return ui.Table(
        caption="Shared", columns=table.columns, rows=rows, empty=table.empty, noun=table.noun
    )


def _end(expires_at: datetime | None) -> ui.Content:
    until = f"Until {moment(expires_at)}" if expires_at else "Until withdrawn"
    return ui.Lines(("Open now", until))
