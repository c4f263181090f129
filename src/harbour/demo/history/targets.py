"""What the history must add up to, quarter by quarter: the numbers the generator is given."""

from dataclasses import dataclass

from harbour.insight.reporting.rules import Quarter
from harbour.work.missing.vocabulary import Population as Pop

SEED = 20190331
QUARTERS = Quarter(2018, 4).run_up_to(12)
AUTHORITIES = ("county", "city", "rutland")


@dataclass(frozen=True)
class Cell:
    """How many episodes of how many children; of boys where that is given too."""

    episodes: int
    children: int
    boys: int | None = None
    boys_episodes: int | None = None


def _cells(text: str) -> tuple[Cell, ...]:
    pairs = [pair.split("/") for pair in text.split()]
    return tuple(Cell(int(episodes), int(children)) for episodes, children in pairs)


# Missing episodes of all four populations in the three authorities: 297, 274, 590 on average.
ALL_EPISODES = (305, 311, 288, 284, 281, 279, 262, 274, 628, 604, 566, 562)

# Episodes/children a quarter. From April 2018 the police tell the hub of every report.
COUNTY = {
    Pop.NOT_LOOKED_AFTER: _cells(
        "98/61 101/64 92/58 90/57 89/56 91/58 84/54 93/60 261/133 214/121 163/108 128/92"
    ),
    Pop.LOOKED_AFTER_HERE: _cells(
        "42/24 44/25 40/23 41/22 38/22 37/21 36/21 40/22 84/41 86/42 85/44 85/43"
    ),
    Pop.LOOKED_AFTER_ELSEWHERE: _cells(
        "10/7 11/8 12/8 12/9 13/9 13/9 14/10 16/11 24/14 27/16 30/18 33/19"
    ),
    Pop.HOSTED: (
        *_cells("44/14 46/15 41/13 40/13 41/14 42/14 38/13 42/14 98/24 102/26 97/24"),
        Cell(100, 25, boys=13, boys_episodes=78),
    ),
}
RUTLAND = {
    Pop.NOT_LOOKED_AFTER: _cells("5/4 6/4 4/3 5/4 4/3 5/4 4/3 5/4 11/8 10/7 8/6 7/6"),
    Pop.LOOKED_AFTER_HERE: _cells("2/1 1/1 2/1 1/1 2/1 1/1 1/1 2/1 3/2 4/2 3/2 3/2"),
    Pop.LOOKED_AFTER_ELSEWHERE: _cells("1/1 0/0 1/1 1/1 0/0 1/1 1/1 0/0 2/1 1/1 2/2 2/2"),
    Pop.HOSTED: _cells("0/0 1/1 0/0 1/1 1/1 0/0 0/0 1/1 2/1 1/1 2/1 2/1"),
}
# The city has what is left, in these shares and with so many episodes a child.
CITY_SHARES = {
    Pop.LOOKED_AFTER_HERE: (0.24, 1.9),
    Pop.LOOKED_AFTER_ELSEWHERE: (0.08, 1.6),
    Pop.HOSTED: (0.11, 2.6),
    Pop.NOT_LOOKED_AFTER: (1.0, 1.6),
}


def missing_cells(place: int) -> dict[tuple[str, Pop], Cell]:
    """Return every cell of one quarter by authority and population."""
    cells = {("county", each): COUNTY[each][place] for each in Pop}
    cells |= {("rutland", each): RUTLAND[each][place] for each in Pop}
    city = ALL_EPISODES[place] - sum(each.episodes for each in cells.values())
    left = city
    for population, (part, per_child) in CITY_SHARES.items():
        episodes = left if population is Pop.NOT_LOOKED_AFTER else round(city * part)
        left -= episodes
        cells["city", population] = Cell(episodes, max(1, round(episodes / per_child)))
    return cells


# Referrals a quarter in which sexual exploitation is named, and those in which it is not.
EXPLOITATION_REFERRALS = {
    "county": (62, 58, 64, 70, 71, 66, 74, 79, 82, 77, 86, 93),
    "city": (51, 49, 55, 58, 57, 52, 60, 63, 61, 58, 66, 70),
    "rutland": (4, 3, 5, 4, 6, 4, 5, 5, 6, 4, 7, 6),
}
OTHER_REFERRALS = {
    "county": (9, 11, 12, 14, 18, 19, 22, 25, 31, 34, 38, 42),
    "city": (12, 11, 14, 17, 19, 22, 24, 27, 33, 35, 40, 44),
    "rutland": (1, 0, 1, 1, 1, 2, 1, 2, 2, 3, 2, 3),
}
# Of every hundred referrals for sexual exploitation, so many are about a boy.
BOYS_PER_HUNDRED = {"county": 30, "city": 19, "rutland": 20}
# The county's last quarter, by age when the referral came.
LAST_QUARTER_AGES = {(15, 16): 41, (13, 14): 27, (17, 17): 14, (10, 12): 9, (0, 9): 2}
# Cases in which a model was seen in the county's last quarter; one case may show several.
LAST_QUARTER_MODELS = {
    "online": 34,
    "party": 21,
    "group": 12,
    "older": 11,
    "peer": 9,
    "gang": 6,
    "county_lines": 4,
}
# Sexual-exploitation tools completed together with a gang tool, a quarter.
PAIRS = {
    "county": (0, 0, 1, 2, 3, 4, 6, 8, 11, 13, 16, 18),
    "city": (0, 0, 1, 1, 2, 3, 4, 6, 8, 9, 11, 13),
    "rutland": (0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1),
}

# Adults of concern identified a quarter: 181 in the last two years.
ADULTS = (11, 12, 13, 12, 20, 21, 21, 22, 23, 24, 25, 25)
# Of the 181: 163 men, 13 women, 5 known online alone, whose sex nobody knows.
ADULTS_BY_SEX = {"M": 163, "F": 13, "U": 5}
# Age when identified; the bands 19-25 and 25-39 of the committee's paper share the age of 25.
ADULTS_BY_AGE = {(18, 18): 9, (19, 24): 69, (25, 25): 12, (26, 39): 28, (40, 64): 31, None: 32}

HOMES = {"county": 41, "city": 12, "rutland": 2}
PLACING = ("neighbour", "eastmere", "saltby", "harrowdale", "thornfield")

# Primary schools and children, by area and academic year; nobody counted heads.
OUTREACH = {
    2016: {"county": (131, 5480), "city": (76, 3250), "rutland": (12, 470)},
    2017: {"county": (148, 6190), "city": (83, 3540), "rutland": (13, 520)},
}
