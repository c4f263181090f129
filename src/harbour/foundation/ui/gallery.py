"""Invented content for the gallery: one example of every component and of every kind of field."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms as django_forms
from django.http import QueryDict

from harbour.foundation.ui import components as ui
from harbour.foundation.ui import forms, listing

CHILD = "Robin Example, 14"
ORDER = listing.Order(keys={"name": ("name",), "due": ("due",)}, default="due")


@dataclass(frozen=True)
class Example:
    """A component and what it is called in templates."""

    name: str
    part: ui.Component
    note: str


def examples(now: datetime) -> tuple[Example, ...]:
    """Return one example of each component, in the order of the catalogue."""
    parts = {**_small(now), **_lists(now), **_blocks(now)}
    return tuple(
        Example(name, part, (kind.__doc__ or "").splitlines()[0])
        for name, kind in ui.CATALOGUE.items()
        for part in parts[name]
    )


def facts() -> ui.FactBand:
    """Return the four facts of an invented child."""
    return ui.FactBand(
        (
            ui.Fact("Harm", "Suspected", "current", ui.Colour.ORANGE),
            ui.Fact("Risk grade", "Significant", "Wed 3 Apr 2019, daily meeting", ui.Colour.RED),
            ui.Fact("Missing", "Not missing", "last episode 2 Mar 2019", ui.Colour.GREEN),
            ui.Fact("Allocated", "Jo Example, social worker", "acknowledged", ui.Colour.BLUE),
        )
    )


def views() -> ui.Views:
    """Return what three agencies bring."""
    return ui.Views(
        (
            ui.View("Police", "Significant. Found twice at the same address."),
            ui.View("School", "Significant. New friends, new phone."),
            ui.View("Health", "Moderate. Came to both appointments.", differs=True),
        )
    )


def _small(now: datetime) -> dict[str, tuple[ui.Component, ...]]:
    return {
        "link": (ui.Link("Change", "#link", about="the address"),),
        "button": (
            ui.Button("Save", href="#button"),
            ui.Button("Log a call", href="#button", kind="secondary"),
            ui.Button("Close the case", href="#button", kind="warning"),
            ui.Button(
                "Decide", disabled=True, reason="Three agencies have not given their view yet."
            ),
        ),
        "buttons": (
            ui.Buttons(
                (ui.Button("Record return", href="#buttons"), ui.Link("Cancel", "#buttons"))
            ),
        ),
        "tag": tuple(ui.Tag(colour.value.capitalize(), colour) for colour in ui.Colour),
        "lines": (
            ui.Lines(("14 Quay Street", "Exampleton", ui.Tag("Confirmed", ui.Colour.GREEN))),
        ),
        "clock": _clocks(now),
        "fact": (ui.FactBand((ui.Fact("Who is with the child tonight", "Foster carer"),)),),
        "fact_band": (facts(),),
    }


def _clocks(now: datetime) -> tuple[ui.Clock, ...]:
    hour = timedelta(hours=1)
    return (
        ui.Clock(now + 50 * hour, now),
        ui.Clock(now + 5 * hour, now),
        ui.Clock(now - 30 * hour, now),
        ui.Clock(now + hour, now, done_at=now - hour),
        ui.Clock(now - 9 * hour, now, done_at=now - hour),
        ui.Clock(None, now, absent="Return time not recorded"),
    )


def _lists(now: datetime) -> dict[str, tuple[ui.Component, ...]]:
    wanted = listing.wanted(QueryDict("page=3"), ORDER)
    many = listing.paged(tuple(range(240)), wanted)
    columns = (
        ui.Column("Child", sort="name"),
        ui.Column("Interview", sort="due"),
        ui.Column("Episodes", numeric=True),
    )
    rows = (
        (CHILD, ui.Clock(now + timedelta(hours=5), now), 3),
        ("Sam Example, 16", ui.Clock(now + timedelta(hours=60), now), 1),
    )
    empty = "No interview is due. A child appears here when a return is recorded."
    return {
        "summary_list": _summaries(),
        "table": (
            ui.Table("Return interviews", columns, rows, empty, 2, wanted, ("child", "children")),
            ui.Table("Return interviews", columns, (), empty, noun=("child", "children")),
        ),
        "pagination": (many.pagination,),
        "filter_panel": (
            ui.FilterPanel(Narrow(), (ui.Link("Missing now", "#filter_panel"),), "#filter_panel"),
        ),
        "task_list": (
            ui.TaskList(
                (
                    ui.Task("About the child", "#task_list", "Completed"),
                    ui.Task(
                        "Last seen",
                        "#task_list",
                        ui.Tag("Not started", ui.Colour.BLUE),
                        "When and where",
                    ),
                )
            ),
        ),
        "timeline": (_timeline(now),),
    }


def _summaries() -> tuple[ui.Component, ...]:
    change = (ui.Link("Change", "#summary_list", about="name"),)
    return (
        ui.SummaryList(
            (ui.Row("Name", "Robin Example", change), ui.Row("Date of birth", date(2004, 5, 6)))
        ),
        ui.SummaryList(
            (ui.Row("Also known as", ("Rob", "Robbie")), ui.Row("School", None)), title="Names"
        ),
    )


def _timeline(now: datetime) -> ui.Timeline:
    return ui.Timeline(
        (
            ui.Event(
                "Reported missing",
                now - timedelta(hours=9),
                by="Harbour House, children's home",
                text="Did not come back from school.",
                href="#timeline",
                tags=(ui.Tag("Missing", ui.Colour.ORANGE),),
            ),
            ui.Event("Plan agreed", date(2019, 4, 3), by="Jo Example"),
        )
    )


def _blocks(now: datetime) -> dict[str, tuple[ui.Component, ...]]:
    places = (
        ui.Place("Overview", "#sub_navigation", current=True),
        ui.Place("Chronology", "#sub_navigation"),
        ui.Place("People and places", "#sub_navigation"),
        ui.Place("Missing", "#sub_navigation"),
        ui.Place("Sharing", "#sub_navigation"),
    )
    action = ui.Action(
        "Offer a return interview",
        CHILD,
        ui.Clock(now + timedelta(hours=5), now),
        ui.Button("Record offer", href="#action_list", kind="secondary", about=f"to {CHILD}"),
    )
    problem = ui.Link("Enter the child's name", "#error_summary")
    return {
        "banner": (
            ui.Banner("The meeting opens at 10:00.", link=ui.Link("See the agenda", "#banner")),
            ui.Banner("A child was reported missing.", ui.Tone.URGENT, "Missing now", id="urgent"),
        ),
        "inset": (ui.Inset("“I want to see my sister at weekends.”"),),
        "warning": (ui.Warning("Sharing cannot be undone: what was read stays read."),),
        "help": (
            ui.Help("Why we ask", "A phone number links this child to others who were called."),
        ),
        "card": (ui.Card("Open actions", ui.Lines(("Call the school", "Ask for the register"))),),
        "sub_navigation": (ui.SubNavigation(places),),
        "action_list": (
            ui.ActionList((action,), empty=""),
            ui.ActionList(
                (), empty="Nothing waits for you. Tasks appear here when somebody asks for one."
            ),
        ),
        "progress": (
            ui.Progress(
                (ui.Stage("Referred", "done"), ui.Stage("Screened", "now"), ui.Stage("Decided"))
            ),
        ),
        "views": (views(),),
        "error_summary": (ui.ErrorSummary((problem,)),),
        "conflict_choice": (
            ui.ConflictChoice(
                (
                    ui.Difference(
                        "clothes", "Clothes", "Grey hoodie", "Black hoodie, white trainers"
                    ),
                ),
                version=4,
                action="#conflict_choice",
                theirs_by="Jo Example",
                theirs_at=now - timedelta(minutes=4),
                keep_theirs="#conflict_choice",
            ),
        ),
    }


class Narrow(forms.Form):
    """A filter without personal data."""

    status = django_forms.ChoiceField(
        choices=(("", "Any"), ("now", "Missing now"), ("back", "Returned")), required=False
    )
    since = forms.DateField(label="Since", required=False)


class EveryField(forms.Form):
    """Every kind of field, with a choice that reveals another."""

    names = {
        "name": "the child's name",
        "born": "the child's date of birth",
        "seen_at": "when the child was last seen",
        "harm": "whether harm is known",
        "known_harm": "what harm is known",
        "told": "who has been told",
        "area": "the local authority",
        "urgent": "whether this is urgent",
        "agreed": "the box if you have read the guidance",
        "sheet": "the sheet to attach",
        "secret": "your password",
    }
    reveals = {"harm": {"confirmed": ("known_harm",)}}

    name = django_forms.CharField(
        label="Child's name", help_text="As the child says it.", max_length=100
    )
    born = forms.PartialDateField(
        label="Date of birth", help_text="If you only know the year, leave day and month empty."
    )
    met_on = forms.DateField(label="Date of the meeting", help_text="For example, 27 3 2019.")
    seen_at = forms.DateTimeField(label="When was the child last seen?")
    harm = forms.ChoiceField(
        label="Harm",
        choices=(("none", "None known"), ("suspected", "Suspected"), ("confirmed", "Confirmed")),
        hints={"suspected": "Somebody has a reason to think so."},
    )
    known_harm = django_forms.CharField(label="What is known?")
    told = forms.ManyField(
        label="Who has been told?",
        choices=(("parent", "Parent or carer"), ("police", "Police"), ("worker", "Social worker")),
        help_text="Select all that apply.",
    )
    area = django_forms.ChoiceField(
        label="Local authority",
        choices=(("", ""), ("north", "North Exampleshire"), ("city", "Port Example")),
    )
    urgent = forms.YesNoField(label="Is this urgent?")
    words = forms.TextField(
        label="What the child says",
        max_length=400,
        help_text="In the child's own words.",
        required=False,
    )
    sheet = django_forms.FileField(label="Sheet")
    secret = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)
    agreed = django_forms.BooleanField(label="I have read the guidance")


class OneQuestion(forms.Form):
    """A page with one question."""

    names = {"danger": "whether the child is in danger now"}

    danger = forms.YesNoField(
        label="Is the child in danger now?", help_text="If so, call 999 first."
    )
