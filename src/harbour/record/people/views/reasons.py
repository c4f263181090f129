"""Why are you opening this record? Asked once a child and session, at the record's own address."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.module_loading import import_string

from harbour.foundation.access.guards import rule_of
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.ui.pages import page
from harbour.record.people import actions, queries
from harbour.record.people import vocabulary as v
from harbour.record.people.forms import WhyForm

# Set to each room's purpose by `config/purposes.py`: this one has none of its own.
ASK = "ask"
FIELD = "opened_for"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A reason with one press, and its key."""

    code: str
    label: str
    key: str


@dataclass(frozen=True, kw_only=True)
class WhyPage:
    """The question."""

    choices: tuple[Choice, ...]
    form: WhyForm
    oversight: str
    field_name: str = FIELD


class AskWhy:
    """Give every page the reason for which it looks, and ask where it has none of its own.

    A page of a child's record is shown after the question was answered; the answer stays for the
    session. Nobody is asked about a child that they are allocated to, nor about a record that is
    not there for them, which answers as ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.purposes: dict[str, str] = import_string(settings.HARBOUR_PURPOSES)
        self.child_of: dict[str, Callable[[UUID], UUID | None]] = import_string(
            settings.HARBOUR_CHILD_OF
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the work is done when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Put the reason on the reader, or answer with the question."""
        del args
        reader: Reader | None = getattr(request, "reader", None)
        match = request.resolver_match
        rule = rule_of(view)
        if reader is None or match is None or rule is None or not rule.admits(reader):
            return None
        purpose = self.purposes.get(match.view_name) or self.purposes.get(match.namespace, "")
        if purpose != ASK:
            _look_for(request, reader, purpose)
            return None
        person_id = self._child(kwargs)
        return _asked(request, reader, person_id) if person_id is not None else None

    def _child(self, parts: dict[str, Any]) -> UUID | None:
        """Return whose record a page is of: named in its address, or behind what is named there."""
        person_id = parts.get("person_id")
        if isinstance(person_id, UUID):
            return person_id
        behind = (child(parts[name]) for name, child in self.child_of.items() if name in parts)
        return next(behind, None)


def _asked(request: HttpRequest, reader: Reader, person_id: UUID) -> HttpResponse | None:
    why = queries.why(reader, person_id)
    if why:
        _look_for(request, reader, why)
    if why is None or (why and FIELD not in request.POST):
        return None
    if request.method == "POST":
        return _answered(request, reader, person_id) if FIELD in request.POST else None
    if "HX-Request" in request.headers:  # a part of a page: the whole page asks
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    return _question(request, reader, person_id, WhyForm())


def _answered(request: HttpRequest, reader: Reader, person_id: UUID) -> HttpResponse:
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _question(request, reader, person_id, form)
    actions.state_reason(
        person_id=person_id,
        code=v.Reason(form.cleaned_data[FIELD]),
        words=form.cleaned_data["words"],
        by=reader,
        at=request.received_at,  # type: ignore[attr-defined]  # set by the outermost middleware
    )
    return HttpResponseRedirect(request.get_full_path())


def _question(request: HttpRequest, reader: Reader, person_id: UUID, form: WhyForm) -> HttpResponse:
    choices = tuple(
        Choice(code=each.value, label=str(each.label), key=str(key))
        for key, each in enumerate(v.ASKED, start=1)
    )
    oversight = ""
    if reader.may(Permission.AUDIT_READ):  # who looked can be read without a look
        oversight = reverse("oversight:subject", args=[person_id])
    shown = WhyPage(choices=choices, form=form, oversight=oversight)
    return page(request, "people/why.html", shown)


def _look_for(request: HttpRequest, reader: Reader, purpose: str) -> None:
    request.reader = replace(reader, purpose=purpose)  # type: ignore[attr-defined]  # see StaffRequest
