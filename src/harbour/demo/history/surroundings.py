"""What the history stands among: homes, adults of concern, county lines, visits to schools."""

from datetime import date, timedelta

from harbour.demo.history import words
from harbour.demo.history.rows import Rows, authority_id, moment
from harbour.demo.history.targets import (
    ADULTS,
    ADULTS_BY_AGE,
    ADULTS_BY_SEX,
    HOMES,
    OUTREACH,
    QUARTERS,
)
from harbour.demo.partnership import AGENCIES, agency_id, stable_id
from harbour.foundation.agencies.models import Agency
from harbour.foundation.agencies.vocabulary import AgencyKind
from harbour.insight.network.models import CountyLine
from harbour.insight.reporting.models import Break
from harbour.insight.reporting.rules import Period
from harbour.record.people import rules as people_rules
from harbour.record.people import vocabulary as v
from harbour.record.people.models import ConcernProfile, Name, Person, PersonRole, Standing
from harbour.record.places import rules as place_rules
from harbour.record.places.models import Place
from harbour.record.places.vocabulary import PlaceKind
from harbour.record.providers.models import Home
from harbour.work.awareness.models import Outreach

OPENED = date(2014, 9, 1)
REPORTED_FROM = date(2018, 4, 1)
PROGRAMME = "Safety Zone visits"
NAMES = {each.key: each.name for each in AGENCIES}


def write_homes(rows: Rows) -> dict[str, list[Home]]:
    """Write each area's independent homes; Larkfield House is the county's first."""
    homes: dict[str, list[Home]] = {}
    names = iter(words.HOUSE_NAMES)
    number = 1
    for authority, how_many in HOMES.items():
        for _ in range(how_many):
            first = number == 1
            name = "Larkfield House" if first else next(names)
            urn = f"SC{990000 + number}"
            homes.setdefault(authority, []).append(_home(rows, authority, name, urn, known=first))
            number += 1
    return homes


def _home(rows: Rows, authority: str, name: str, urn: str, *, known: bool) -> Home:
    at = moment(QUARTERS[0].starts_on, 9)
    home_agency_id = agency_id("home_agency") if known else stable_id("home", urn)
    if not known:
        rows.add(
            Agency(id=home_agency_id, name=name, kind=AgencyKind.HOME, code=urn, starts_on=OPENED)
        )
    street = f"{rows.chance.randint(1, 140)} {rows.chance.choice(words.STREETS)}"
    town = rows.chance.choice(words.TOWNS[authority])
    place = rows.add(
        Place(
            kind=PlaceKind.CHILDRENS_HOME,
            name=name,
            street=street,
            locality=town,
            authority_id=authority_id(authority),
            match_key=place_rules.match_key(name=name, street=street, locality=town),
            **rows.stamp(authority, at),
        )
    )
    return rows.add(
        Home(
            agency_id=home_agency_id,
            urn=urn,
            authority_id=authority_id(authority),
            places=rows.chance.choice((2, 3, 4, 4, 5, 6)),
            manager="Carol Jephson" if known else _full_name(rows),
            phone=rows.phone(),
            independent=True,
            place_id=place.id,
            opened_on=OPENED,
            **rows.stamp(authority, at),
        )
    )


def _full_name(rows: Rows) -> str:
    given = rows.chance.choice(words.GIVEN[rows.chance.choice("MF")])
    return f"{given} {rows.chance.choice(words.FAMILY)}"


# Adults of concern


def write_adults(rows: Rows) -> None:
    """Write the adults of concern; the last two years as the committee's paper has them."""
    sexes = [sex for sex, number in ADULTS_BY_SEX.items() for _ in range(number)]
    ages = [band for band, number in ADULTS_BY_AGE.items() for _ in range(number)]
    rows.chance.shuffle(sexes)
    rows.chance.shuffle(ages)
    drawn = zip(sexes, ages, strict=True)
    for place, (number, quarter) in enumerate(zip(ADULTS, QUARTERS, strict=True)):
        for _ in range(number):
            early = place < len(ADULTS) - 8
            sex, ages_between = ("M", (19, 44)) if early else next(drawn)
            _adult(rows, sex, ages_between, quarter.period)


def _adult(rows: Rows, sex: str, ages: tuple[int, int] | None, period: Period) -> None:
    day = rows.day_between(period.starts_on, period.ends_before)
    at = moment(day, 11)
    authority = rows.weighted({"county": 48, "city": 47, "rutland": 5})
    born_on = _born(rows, ages, day) if ages else None
    stamp = rows.stamp(authority, at)
    person = rows.add(
        Person(
            born_on=born_on,
            born_precision=v.DatePrecision.DAY if born_on else v.DatePrecision.UNKNOWN,
            sex=sex,
            **stamp,
        )
    )
    online = sex == "U"
    given = "" if online else rows.chance.choice(words.GIVEN[sex])
    family = "" if online else rows.chance.choice(words.FAMILY)
    if not online:
        rows.add(
            Name(
                person_id=person.id,
                kind=v.NameKind.LEGAL,
                given=given,
                family=family,
                given_key=people_rules.given_key(given),
                family_key=people_rules.name_key(family),
                **rows.stamp(authority, at),
            )
        )
    rows.add(
        PersonRole(
            person_id=person.id,
            role=v.RoleKind.ADULT_OF_CONCERN,
            starts_on=day,
            **rows.stamp(authority, at),
        )
    )
    rows.add(
        ConcernProfile(
            person_id=person.id,
            status=rows.weighted(
                {"identified": 30, "of_interest": 34, "suspected": 24, "charged": 8, "convicted": 4}
            ),
            identified_on=day,
            online_only=online or rows.happens(9),
            residence_id=authority_id(authority),
            **rows.stamp(authority, at),
        )
    )
    rows.add(
        Standing(
            person_id=person.id,
            audience=v.Audience.AUTHORITY.of(authority_id(authority)),
            basis=v.Basis.RESPONSIBLE,
            facets=list(v.EVERY_FACET),
            starts_at=at,
            **rows.stamp(authority, at),
        )
    )


def _born(rows: Rows, ages: tuple[int, int], day: date) -> date:
    age = rows.chance.randint(*ages)
    last = date(day.year - age, day.month, min(day.day, 28))
    return rows.day_between(
        date(day.year - age - 1, day.month, min(day.day, 28)) + timedelta(days=4), last
    )


# Lines and visits


def write_lines(rows: Rows) -> None:
    """Write the register of county lines."""
    for name, status, authority, origin, importing, direction, began, last in words.LINES:
        rows.add(
            CountyLine(
                name=name,
                status=status,
                authority_id=authority_id(authority),
                origin=origin,
                importing=list(importing),
                direction=direction,
                active_from=date(*began),
                last_active_on=date(*last) if last else None,
                **rows.stamp(authority, moment(date(*began), 10)),
            )
        )


def write_break(rows: Rows) -> None:
    """Write since when more is recorded: the numbers before and after are not of one kind."""
    rows.add(
        Break(
            family="missing",
            starts_on=REPORTED_FROM,
            sentence="From then on the police pass every missing report to the hub; before, "
            "only those that "
            "the hub asked for.",
            **rows.stamp("county", moment(REPORTED_FROM, 9)),
        )
    )


def write_outreach(rows: Rows) -> None:
    """Write how many schools and children a programme reached, by school year."""
    for year, areas in OUTREACH.items():
        for authority, (schools, children) in areas.items():
            rows.add(
                Outreach(
                    programme=PROGRAMME,
                    area=NAMES[authority],
                    starts_on=date(year, 9, 1),
                    ends_on=date(year + 1, 9, 1),
                    schools=schools,
                    children=children,
                    estimated=True,
                    **rows.stamp(authority, moment(date(year + 1, 9, 3), 10)),
                )
            )
