"""Reading a page as a person does: its words, its links, its forms and what they ask."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import override

VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "col"}
SILENT = {"script", "style", "template", "title"}


class Unreadable(Exception):
    """The page does not offer what the step needs; the sentence says what."""


def squeezed(text: str) -> str:
    """Return a text with its white space as one sees it."""
    return " ".join(text.split())


@dataclass
class Choice:
    """One answer that a question offers."""

    value: str
    words: str = ""
    id: str = ""

    def is_meant_by(self, answer: str) -> bool:
        """Say whether somebody who gives this answer means this choice."""
        return answer == self.value or self.words.casefold().startswith(answer.casefold())


@dataclass
class Control:
    """A question of a form, with the answer that stands in it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def answer(self, *answers: str) -> None:
        """Write the answers in; a choice may be named by its words or by its value."""
        if self.kind not in {"radio", "checkbox", "select"}:
            self.values = list(answers)
            return
        self.values = []
        for each in answers:
            exact = [choice for choice in self.choices if each in {choice.value, choice.words}]
            meant = exact or [choice for choice in self.choices if choice.is_meant_by(each)]
            if not meant:
                offered = ", ".join(choice.words or choice.value for choice in self.choices)
                raise Unreadable(f"{self.name} does not offer {each!r}, only: {offered}")
            self.values.append(meant[0].value)


@dataclass
class Form:
    """A form, as it stands on the page."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def fill(self, **answers: str | list[str]) -> "Form":
        """Answer the questions by their names; hidden fields stay as they are."""
        for name, given in answers.items():
            self.put(name, given)
        return self

    def put(self, name: str, given: str | list[str]) -> "Form":
        """Answer one question, which the form must ask."""
        if name not in self.controls:
            raise Unreadable(f"the form does not ask for {name}, only: {', '.join(self.controls)}")
        self.controls[name].answer(*([given] if isinstance(given, str) else given))
        return self

    def asks(self, name: str) -> bool:
        """Say whether the form asks this."""
        return name in self.controls

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return what is sent."""
        return [(each.name, value) for each in self.controls.values() for value in each.values]


@dataclass
class Anchor:
    """A link: its words and where it leads."""

    words: str
    href: str


@dataclass
class Page:
    """What came back."""

    address: str
    status: int
    kind: str
    body: bytes
    title: str = ""
    text: str = ""
    links: list[Anchor] = field(default_factory=list)
    bar: list[Anchor] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def link(self, words: str, nth: int = 0) -> str:
        """Return where the link with these words leads."""
        found = [each.href for each in self.links if words in each.words]
        if len(found) <= nth:
            raise Unreadable(f"{self.where} has no link {words!r}")
        return found[nth]

    def form(self, button: str, nth: int = 0) -> Form:
        """Return the form whose button says this."""
        found = [each for each in self.forms if any(button in words for words in each.buttons)]
        if len(found) <= nth:
            offered = "; ".join(words for each in self.forms for words in each.buttons)
            raise Unreadable(f"{self.where} has no form with {button!r}, only: {offered or 'none'}")
        return found[nth]

    def says(self, *sentences: str) -> None:
        """Require that the page says all of this."""
        for each in sentences:
            if squeezed(each) not in self.text:
                raise Unreadable(f"{self.where} does not say {each!r}{self.problems}")

    def hides(self, *sentences: str) -> None:
        """Require that the page says none of this, not even in what is not shown."""
        whole = self.body.decode(errors="replace")
        for each in sentences:
            if each in whole:
                raise Unreadable(f"{self.where} shows {each!r} and must not")

    @property
    def where(self) -> str:
        """Name the page for a message, by its title and the status of the answer."""
        return f"“{self.title or self.kind}” ({self.status})"

    @property
    def problems(self) -> str:
        """Return what the page complains of, if it does."""
        _, complains, rest = self.text.partition("There is a problem")
        return f" (it complains: {rest[:160].strip()} …)" if complains else ""


class Reader(HTMLParser):
    """Read a page's words, links and forms from its source."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[str] = []
        self.words: list[str] = []
        self.form: Form | None = None
        self.select: Control | None = None
        self.option: Choice | None = None
        self.area: Control | None = None
        self.anchor: Anchor | None = None
        self.button: list[str] | None = None
        self.label_of: str | None = None
        self.labels: dict[str, str] = {}
        self.in_menu = False

    def read(self, source: str) -> Page:
        """Read all of it and return the page."""
        self.feed(source)
        self.close()
        self.page.text = squeezed(" ".join(self.words))
        for each in self.page.links:
            each.words = squeezed(each.words)
        for form in self.page.forms:
            form.buttons = [squeezed(each) for each in form.buttons]
            for control in form.controls.values():
                self._settle(control)
        return self.page

    def _settle(self, control: Control) -> None:
        for choice in control.choices:
            choice.words = squeezed(choice.words or self.labels.get(choice.id, ""))
        if control.kind == "select" and not control.values and control.choices:
            control.values = [control.choices[0].value]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        begin = getattr(self, f"_begin_{tag}", None)
        if begin is not None:
            begin(said)

    @override
    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass
        end = getattr(self, f"_end_{tag}", None)
        if end is not None:
            end()

    @override
    def handle_data(self, data: str) -> None:
        if "title" in self.open and "svg" not in self.open:
            self.page.title += data.strip()
        if self.area is not None:
            self.area.values[0] += data
        if self.anchor is not None:
            self.anchor.words += data
        if self.option is not None:
            self.option.words += data
        if self.button is not None:
            self.button.append(data)
        if self.label_of is not None:
            self.labels[self.label_of] = self.labels.get(self.label_of, "") + data
        if not SILENT.intersection(self.open):
            self.words.append(data)

    def _begin_form(self, said: dict[str, str]) -> None:
        action = said.get("action") or self.page.address
        self.form = Form(action, said.get("method", "get").lower())
        self.page.forms.append(self.form)

    def _end_form(self) -> None:
        self.form = None

    def _begin_input(self, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        if self.form is None or not name or "disabled" in said or kind in {"submit", "file"}:
            return
        control = self.form.controls.setdefault(name, Control(name, kind))
        if kind in {"radio", "checkbox"}:
            value = said.get("value", "on")
            control.choices.append(Choice(value, id=said.get("id", "")))
            control.values += [value] if "checked" in said else []
        else:
            control.values.append(said.get("value", ""))

    def _begin_select(self, said: dict[str, str]) -> None:
        if self.form is not None and said.get("name"):
            self.select = Control(said["name"], "select")
            self.form.controls[said["name"]] = self.select

    def _end_select(self) -> None:
        self.select = self.option = None

    def _begin_option(self, said: dict[str, str]) -> None:
        if self.select is not None:
            self.option = Choice(said.get("value", ""))
            self.select.choices.append(self.option)
            self.select.values += [self.option.value] if "selected" in said else []

    def _end_option(self) -> None:
        self.option = None

    def _begin_textarea(self, said: dict[str, str]) -> None:
        if self.form is not None and said.get("name"):
            self.area = Control(said["name"], "textarea", [""])
            self.form.controls[said["name"]] = self.area

    def _end_textarea(self) -> None:
        if self.area is not None:
            self.area.values[0] = self.area.values[0].removeprefix("\n")
        self.area = None

    def _begin_a(self, said: dict[str, str]) -> None:
        if "href" in said:
            self.anchor = Anchor("", said["href"])
            self.page.links.append(self.anchor)
            if self.in_menu:
                self.page.bar.append(self.anchor)

    def _end_a(self) -> None:
        self.anchor = None

    def _begin_nav(self, said: dict[str, str]) -> None:
        self.in_menu = said.get("aria-label") == "Menu"

    def _end_nav(self) -> None:
        self.in_menu = False

    def _begin_button(self, said: dict[str, str]) -> None:
        if said.get("type", "submit") == "submit":
            self.button = []

    def _end_button(self) -> None:
        if self.form is not None and self.button is not None:
            self.form.buttons.append("".join(self.button))
        self.button = None

    def _begin_label(self, said: dict[str, str]) -> None:
        self.label_of = said.get("for")

    def _end_label(self) -> None:
        self.label_of = None
