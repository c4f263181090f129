"""What the steps of the check know of each other: who is signed in, and what was made."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from harbour.demo import partnership
from harbour.demo.check.reading import Unreadable
from harbour.demo.check.visitor import Visitor

GIVEN = ("Ada", "Bea", "Cleo", "Dara", "Esme", "Faye", "Gwen", "Hana", "June", "Kira", "Lena")
FIRST = ("Alder", "Bram", "Cold", "Dun", "Elm", "Fern", "Gorse", "Hazel", "Kest", "Lark", "Moor")
LAST = ("bank", "croft", "dale", "field", "gate", "ham", "hurst", "ley", "mere", "stead", "wick")


@dataclass
class Child:
    """An invented child whom this run tells about."""

    given: str
    family: str
    phone: str
    reference: str = ""
    record: str = ""

    @property
    def name(self) -> str:
        """Return the name as pages show it."""
        return f"{self.given} {self.family}"


def two_children() -> tuple[Child, Child]:
    """Return two children with names that hardly any run before has used, and one telephone."""
    phone = f"07700 900{random.randrange(200, 1000)}"
    given, first = random.sample(GIVEN, 2), random.sample(FIRST, 2)
    one, other = (Child(*pair, phone) for pair in zip(given, first, strict=True))
    one.family += random.choice(LAST)
    other.family += random.choice(LAST)
    return one, other


@dataclass
class Walk:
    """One run of the check."""

    base_url: str
    child: Child
    shelved: Child
    meeting: str = ""
    item: str = ""
    episode: str = ""
    browsers: dict[str, Visitor] = field(default_factory=dict)

    def somebody(self) -> Visitor:
        """Return a browser in which nobody is signed in."""
        return self.browsers.setdefault("", Visitor(self.base_url))

    def member(self, key: str) -> Visitor:
        """Return the browser of a member of the cast, who signs in if she has not."""
        if key not in self.browsers:
            visitor = Visitor(self.base_url)
            name = next(each.name for each in partnership.cast_members() if each.key == key)
            visitor.open("/accounts/login/")
            visitor.send(visitor.page.form(name), expect=0)
            self.browsers[key] = visitor
        return self.browsers[key]

    def made(self, name: str) -> str:
        """Return what an earlier step made; without it, this step cannot be walked."""
        found = str(getattr(self, name))
        if not found:
            raise Unreadable(f"an earlier step left no {name}")
        return found

    def end(self) -> None:
        """Close every browser."""
        for each in self.browsers.values():
            each.leave()


@dataclass(frozen=True)
class Step:
    """One step: what is so when it has been walked, and the walking of it."""

    claim: str
    walk: Callable[[Walk], None]
