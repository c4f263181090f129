"""The way through the questions: which come, in which order, which are answered, what was said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from harbour.foundation.agencies.models import Agency
from harbour.work.referrals import rules
from harbour.work.referrals.actions import Said, SaidChild
from harbour.work.referrals.forms import questions as q
from harbour.work.referrals.vocabulary import LocalSource

MOST_CHILDREN = 8
BEFORE_CHILDREN: Mapping[str, type[q.Question]] = {"danger": q.Danger, "area": q.Area}
AFTER_CHILDREN: Mapping[str, type[q.Question]] = {
    "more-children": q.MoreChildren,
    "worries": q.Worries,
    "story": q.Story,
    "group": q.Group,
    "parents": q.Parents,
}
PUBLIC_END: Mapping[str, type[q.Question]] = {"you": q.You, "contact": q.Contact}
STAFF_END: Mapping[str, type[q.Question]] = {"sender": q.Sender}


@dataclass(frozen=True)
class Page:
    """One page of the form: its name in the address, its form, and which child it is about."""

    slug: str
    form: type[q.Question]
    child: int = 0


class Journey:
    """A form on its way, with the answers so far. Answers are kept as they were typed."""

    def __init__(
        self,
        answers: Mapping[str, Any] | None,
        *,
        staff: bool,
        authorities: tuple[Agency, ...],
    ) -> None:
        found = answers or {}
        self.pages_answered: dict[str, dict[str, list[str]]] = dict(found.get("pages", {}))
        self.children: int = min(max(int(found.get("children", 1)), 1), MOST_CHILDREN)
        self.staff = staff
        self.authorities = authorities

    @property
    def answers(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        return {"pages": self.pages_answered, "children": self.children}

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return every page of this journey in order."""
        return tuple(self._pages())

    def _pages(self) -> Iterator[Page]:
        for slug, form in BEFORE_CHILDREN.items():
            yield Page(slug, form)
        for child in range(1, self.children + 1):
            for slug, form in q.CHILD_QUESTIONS.items():
                yield Page(f"child-{child}-{slug}", form, child)
        end = STAFF_END if self.staff else PUBLIC_END
        for slug, form in {**AFTER_CHILDREN, **end}.items():
            yield Page(slug, form)

    def page(self, slug: str) -> Page | None:
        """Return the page with this name, if this journey has it."""
        return next((each for each in self.pages if each.slug == slug), None)

    def number(self, page: Page) -> int:
        """Return which question of how many this is."""
        return self.pages.index(page) + 1

    def before(self, page: Page) -> Page | None:
        """Return the page before."""
        number = self.pages.index(page)
        return self.pages[number - 1] if number else None

    @property
    def open_page(self) -> Page | None:
        """Return the first page without a whole answer, or nothing when all are answered."""
        return next((each for each in self.pages if not self.is_answered(each)), None)

    def is_answered(self, page: Page) -> bool:
        """Say whether the page was answered, and still holds."""
        return page.slug in self.pages_answered and self.form(page).is_valid()

    def form(self, page: Page, initial: Mapping[str, Any] | None = None) -> q.Question:
        """Return the form of a page with what was answered before."""
        kept = self.pages_answered.get(page.slug)
        return page.form(_posted(kept), authorities=self.authorities, initial=initial)

    def keep(self, page: Page, posted: QueryDict) -> None:
        """Keep the answer of a page, as it was typed and nothing else."""
        names = tuple(page.form(authorities=self.authorities).fields)
        self.pages_answered[page.slug] = {
            key: posted.getlist(key)
            for key in posted
            if any(key == name or key.startswith(f"{name}_") for name in names)
        }
        if page.form is q.MoreChildren and self.pages_answered[page.slug].get("another") == ["yes"]:
            del self.pages_answered[page.slug]
            self.children = min(self.children + 1, MOST_CHILDREN)

    def without_child(self, child: int) -> None:
        """Take a child out; those after it move up."""
        if self.children == 1:
            return
        kept = dict(self.pages_answered)
        for number in range(child, self.children + 1):
            for slug in q.CHILD_QUESTIONS:
                kept.pop(f"child-{number}-{slug}", None)
                later = self.pages_answered.get(f"child-{number + 1}-{slug}")
                if later is not None:
                    kept[f"child-{number}-{slug}"] = later
        self.pages_answered = kept
        self.children -= 1

    @property
    def in_danger(self) -> bool:
        """Say whether somebody was said to be in danger now."""
        return self.pages_answered.get("danger", {}).get("immediate_danger") == ["yes"]

    def said(self, *, otherwise: Agency) -> Said:
        """Return what was said, once every page is answered; `otherwise` takes unknown areas."""
        found: dict[str, Any] = {}
        for page in self.pages:
            form = self.form(page)
            form.is_valid()
            if not page.child:
                found |= form.cleaned_data
        source, local_source = self._source(found)
        return Said(
            authority=self._authority(found["area"], otherwise),
            source=source,
            local_source=local_source,
            concerns=tuple(found["concerns"]),
            narrative=found["narrative"],
            children=tuple(self._child(number) for number in range(1, self.children + 1)),
            referrer_name=found["referrer_name"],
            referrer_role=found["referrer_role"],
            referrer_contact=found["referrer_contact"],
            group_name=found["group_name"],
            immediate_danger=found["immediate_danger"] == "yes",
            danger_action=found["danger_action"] or "",
            parents_informed=found["parents_informed"],
            parents_reason=found["parents_reason"] or "",
        )

    def _source(self, found: Mapping[str, Any]) -> tuple[str, str]:
        if self.staff:
            return found["source"], found["local_source"] or LocalSource.NONE
        source = found["service"] if found["relation"] == "work" else found["relation"]
        return source, rules.local_source_of(source)

    def _authority(self, area: str, otherwise: Agency) -> Agency:
        if area == q.UNKNOWN_AREA:
            return otherwise
        return next(each for each in self.authorities if each.pk == UUID(area))

    def _child(self, number: int) -> SaidChild:
        found: dict[str, Any] = {}
        for page in self.pages:
            if page.child == number:
                form = self.form(page)
                form.is_valid()
                found |= form.cleaned_data
        born = q.born_parts(found.pop("born"))
        return SaidChild(**found, **born)


def _posted(kept: Mapping[str, list[str]] | None) -> QueryDict | None:
    if kept is None:
        return None
    posted = QueryDict(mutable=True)
    for name, values in kept.items():
        posted.setlist(name, values)
    return posted
