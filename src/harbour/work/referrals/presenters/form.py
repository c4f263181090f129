"""The form as its pages show it."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, ChoiceField, MultipleChoiceField
from django.urls import reverse

from harbour.foundation.ui import components as ui
from harbour.foundation.ui.forms import PartialDate, Precision
from harbour.work.referrals.forms.journey import Journey, Page
from harbour.work.referrals.forms.questions import MoreChildren, Question

NOT_SAID = "Not said"


@dataclass(frozen=True)
class Way:
    """One way into the form: where its pages are, and for whom."""

    name: str
    staff: bool

    def start(self) -> str:
        """Return the address of its first page."""
        return reverse(f"referrals:{self.name}")

    def page(self, slug: str) -> str:
        """Return the address of one question."""
        return reverse(f"referrals:{self.name}_question", args=(slug,))

    def check(self) -> str:
        """Return the address of the answers."""
        return reverse(f"referrals:{self.name}_check")

    def done(self) -> str:
        """Return the address of the last page."""
        return reverse(f"referrals:{self.name}_done")

    def without_child(self, number: int) -> str:
        """Return the address that takes a child out."""
        return reverse(f"referrals:{self.name}_without_child", args=(number,))


@dataclass(frozen=True)
class QuestionPage:
    """One question."""

    form: Question
    heading: str
    caption: str
    lede: str
    why: str
    step: int
    steps: int
    back: str
    in_danger: bool
    honeypot: bool
    phone: str


def question_page(
    way: Way, journey: Journey, page: Page, form: Question, *, phone: str
) -> QuestionPage:
    """Return one question with where it stands in the whole."""
    before = journey.before(page)
    return QuestionPage(
        form=form,
        heading=form.heading,
        caption=f"Child {page.child}" if page.child and journey.children > 1 else "",
        lede=form.lede,
        why=form.why,
        step=journey.number(page),
        steps=len(journey.pages),
        back=way.page(before.slug) if before else way.start(),
        in_danger=journey.in_danger and page.slug != "danger",
        honeypot=not way.staff,
        phone=phone,
    )


@dataclass(frozen=True)
class CheckPage:
    """Everything that was answered, each with its way back."""

    lists: tuple[ui.SummaryList, ...]
    removals: tuple[ui.Button, ...]
    back: str
    in_danger: bool
    staff: bool
    phone: str


def check_page(way: Way, journey: Journey, *, phone: str) -> CheckPage:
    """Return the answers for a last look."""
    whole = [page for page in journey.pages if page.form is not MoreChildren]
    before = [page for page in whole if not page.child and page.slug in {"danger", "area"}]
    after = [page for page in whole if not page.child and page not in before]
    lists = [_answers(way, journey, before, "Before anything else")]
    for number in range(1, journey.children + 1):
        title = f"Child {number}" if journey.children > 1 else "The child"
        pages = [page for page in whole if page.child == number]
        lists.append(_answers(way, journey, pages, title))
    lists.append(_answers(way, journey, after, "The concern"))
    return CheckPage(
        lists=tuple(lists),
        removals=_removals(way, journey),
        back=way.page(journey.pages[-1].slug),
        in_danger=journey.in_danger,
        staff=way.staff,
        phone=phone,
    )


def _removals(way: Way, journey: Journey) -> tuple[ui.Button, ...]:
    if journey.children == 1:
        return ()
    return tuple(
        ui.Button(
            f"Take child {number} out",
            href=way.without_child(number),
            kind="secondary",
            post=True,
        )
        for number in range(1, journey.children + 1)
    )


def _answers(way: Way, journey: Journey, pages: list[Page], title: str) -> ui.SummaryList:
    rows: list[ui.Row] = []
    for page in pages:
        form = journey.form(page)
        form.is_valid()
        change = f"{way.page(page.slug)}?check=1"
        rows += [
            ui.Row(key, text, (ui.Link("Change", change, about=key.lower()),))
            for key, text in answer_rows(form)
        ]
    return ui.SummaryList(tuple(rows), title=title)


def answer_rows(form: BaseForm) -> list[tuple[str, ui.Content]]:
    """Return each field of an answered form with its answer in words, without those not asked."""
    revealed: frozenset[str] = getattr(form, "revealed", frozenset())
    return [
        (str(bound.label).rstrip("?"), words(bound, form.cleaned_data.get(bound.name)))
        for bound in form.visible_fields()
        if not (bound.name in revealed and not form.cleaned_data.get(bound.name))
    ]


def words(bound: BoundField, value: Any) -> ui.Content:
    """Return an answer as a person would read it back."""
    if value in (None, "", []):
        return NOT_SAID
    if isinstance(bound.field, MultipleChoiceField):
        names = dict(_flat(bound.field))
        return tuple(names.get(each, each) for each in value)
    if isinstance(bound.field, ChoiceField):
        return dict(_flat(bound.field)).get(str(value), str(value))
    if isinstance(value, PartialDate):
        return partial_date_words(value)
    return str(value)


def _flat(field: ChoiceField) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in field.choices]  # type: ignore[union-attr, misc]  # flat lists only


def partial_date_words(value: PartialDate) -> str:
    """Return as much of a date as is known."""
    if value.date is None:
        return NOT_SAID
    if value.precision is Precision.YEAR:
        return f"{value.date:%Y}"
    if value.precision is Precision.MONTH:
        return f"{value.date:%B %Y}"
    return f"{value.date.day} {value.date:%B %Y}"
