"""The children of this week, and the moments at which things happen to them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from harbour.demo.partnership import agency_id
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.people.models import Person

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Child:
    """An invented child of this week."""

    key: str
    given: str
    family: str
    age: int
    sex: str
    responsible: str
    by: str
    host: str = ""
    known_as: str = ""
    phone: str = ""
    ethnicity: str = "NOBT"
    ethnicity_source: str = "unknown"


CHILDREN = (
    Child(
        key="amara",
        given="Amara",
        family="Oyelaran",
        age=15,
        sex="F",
        responsible="county",
        by="front_door",
        phone="07700 900101",
        ethnicity="BAFR",
        ethnicity_source="self",
    ),
    Child(
        key="callum",
        given="Callum",
        family="Westbrook",
        age=14,
        sex="M",
        responsible="county",
        by="front_door",
        known_as="Cal",
        phone="07700 900102",
        ethnicity="WBRI",
        ethnicity_source="family",
    ),
    Child(
        key="zara",
        given="Zara",
        family="Iqbal",
        age=16,
        sex="F",
        responsible="county",
        by="front_door",
    ),
    Child(
        key="tyler",
        given="Tyler",
        family="Hobson",
        age=13,
        sex="M",
        responsible="county",
        by="front_door",
    ),
    Child(
        key="mia",
        given="Mia",
        family="Kowalczyk",
        age=15,
        sex="F",
        responsible="county",
        by="front_door",
    ),
    Child(
        key="ellis",
        given="Ellis",
        family="Grainger",
        age=17,
        sex="M",
        responsible="county",
        by="front_door",
    ),
    Child(
        key="ruby",
        given="Ruby",
        family="Tansley",
        age=12,
        sex="F",
        responsible="county",
        by="front_door",
    ),
    Child(
        key="kayden",
        given="Kayden",
        family="Marlowe",
        age=15,
        sex="M",
        responsible="neighbour",
        host="county",
        by="coordinator",
        known_as="Kay",
        phone="07700 900108",
    ),
    Child(
        key="jordan",
        given="Jordan",
        family="Blythe",
        age=16,
        sex="M",
        responsible="eastmere",
        host="county",
        by="coordinator",
    ),
    Child(
        key="noor",
        given="Noor",
        family="Chaudhry",
        age=14,
        sex="F",
        responsible="city",
        by="city_front_door",
    ),
    Child(
        key="connor",
        given="Connor",
        family="Wray",
        age=15,
        sex="M",
        responsible="city",
        by="city_front_door",
    ),
    Child(
        key="isla",
        given="Isla",
        family="Farrow",
        age=13,
        sex="F",
        responsible="rutland",
        by="coordinator",
    ),
)


class Week:
    """The moments of this week and the children in it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        today = clock.london_date(now)
        self.yesterday_nine = datetime.combine(
            today - timedelta(days=1), time(9), tzinfo=clock.LONDON
        )
        self.children: dict[str, Person] = {}

    def birthday(self, age: int, key: str) -> date:
        """Return a date of birth that makes the child this old, the same for the same child."""
        days = sum(key.encode()) * 7 % 330
        return clock.london_date(self.now) - timedelta(days=age * 365 + age // 4 + 10 + days)


def agency(key: str) -> Agency:
    """Return an agency of the demo."""
    return Agency.objects.get(pk=agency_id(key))
