"""The proof that the history is as it was meant: the register finds the committee's numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from harbour.demo.partnership import AGENCIES, user_id
from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.insight.reporting import queries
from harbour.insight.reporting.rules import Quarter

LAST = Quarter(2018, 4)
FIRST = Quarter(2018, 1)
TOGETHER = ""
NAMES = {each.key: each.name for each in AGENCIES} | {TOGETHER: ""}


@dataclass(frozen=True)
class Expected:
    """What a figure of the register must be."""

    reference: str
    figure_id: str
    value: str
    authority: str = TOGETHER
    quarter: Quarter = LAST


E = Expected
EXPECTED = (
    E("F01", "adults.identified", "181"),
    E("F02", "adults.male", "90"),
    E("F03", "adults.female", "7"),
    E("F04", "adults.unknown", "3"),
    E("F05", "adults.aged_19_25", "45"),
    E("F06", "adults.aged_25_39", "22"),
    E("F07", "referrals.exploitation", "93", "county"),
    E("F08", "referrals.exploitation.age_first", "15-16", "county"),
    E("F09", "referrals.exploitation.age_second", "13-14", "county"),
    E("F10", "referrals.exploitation.boys", "30", "county"),
    E("F11", "referrals.exploitation.boys", "19", "city"),
    E("F12", "assessments.pairs", "18", "county"),
    E("F13", "models.first", "online", "county"),
    E("F14", "models.second", "party", "county"),
    E("F15", "models.group", "12", "county"),
    E("F16", "missing.all.mean_year_before", "297"),
    E("F17", "missing.all.mean_previous_year", "274"),
    E("F18", "missing.all.mean_year", "590"),
    # The paper's 40 per cent has no base that gives it; these are the rises, each with its base.
    E("F19", "missing.all.change_on_two_years", "106.7"),
    E("F19", "missing.all.change_on_previous_year", "115.3"),
    E("F19", "missing.all.change_on_year_before", "98.7"),
    E("F20", "missing.not_looked_after.episodes", "261", "county", FIRST),
    E("F21", "missing.not_looked_after.children", "133", "county", FIRST),
    E("F22", "missing.not_looked_after.episodes", "128", "county"),
    E("F23", "missing.not_looked_after.children", "92", "county"),
    E("F24", "missing.looked_after_here.episodes", "85", "county"),
    E("F25", "missing.looked_after_here.children", "43", "county"),
    E("F26", "homes.independent", "41", "county"),
    E("F27", "missing.hosted.episodes", "100", "county"),
    E("F28", "missing.hosted.episodes_boys", "78", "county"),
    E("F29", "missing.hosted.children", "25", "county"),
    E("F30", "missing.hosted.children_boys", "13", "county"),
    E("F31", "missing.hosted.episodes_girls", "22", "county"),
    E("F32", "missing.hosted.children_girls", "12", "county"),
    E("F33", "missing.hosted.placing_authorities", "5", "county"),
    E("F34", "outreach.schools", "244"),
    E("F35", "outreach.children", "10250"),
    E("F36", "lines.active", "5", "county"),
)


class NotCalibrated(Exception):
    """A figure came out otherwise than it was meant to."""


def check() -> None:
    """Compute every expected figure from the register; raise with a table of those that differ."""
    different = [(each, found) for each, found in computed(EXPECTED) if found != each.value]
    if different:
        lines = [f"{'':5}{'figure':44}{'whose':34}{'meant':>8}{'found':>8}"]
        lines += [
            f"{each.reference:5}{each.figure_id:44}{NAMES[each.authority]:34}{each.value:>8}{found:>8}"
            for each, found in different
        ]
        raise NotCalibrated("The history is not as it was meant:\n" + "\n".join(lines))


def computed(expected: Iterable[Expected]) -> list[tuple[Expected, str]]:
    """Return what the register says of each, as the command's own principal reads it."""
    wanted = list(expected)
    found: dict[tuple[Quarter, str], dict[str, str]] = {}
    with acting_as(user_id("figures_command")) as reader:
        for quarter, authority in sorted({(each.quarter, each.authority) for each in wanted}):
            scope = queries.scope_named(NAMES[authority])
            report = queries.quarter_report(reader, quarter, scope, at=clock.now(), shown=1)
            found[quarter, authority] = {
                each.definition.id: written(each.value) for each in report.figures
            }
    return [(each, found[each.quarter, each.authority][each.figure_id]) for each in wanted]


def written(value: object) -> str:
    """Return a value as the table of expected ones writes it."""
    return queries.plain(value).replace(",", "") if queries.is_number(value) else str(value)
