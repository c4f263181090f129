"""Children of other authorities placed here this month: notified in part, told of, and chased."""

from datetime import timedelta

from harbour.demo.partnership import user_id
from harbour.demo.week import Week, agency
from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.record.providers import queries as providers
from harbour.work.hosting import actions, queries
from harbour.work.hosting.vocabulary import (
    CareOrder,
    Channel,
    ChaseHow,
    ChaseKind,
    Direction,
    Duty,
    FlagKind,
    Said,
)
from harbour.work.missing.vocabulary import InterviewService

PACK = """Welcome. This pack is for everybody who cares for a looked-after child in our area.
If a child is in danger now, ring 999.
Tell us of every arrival and every departure without delay, in writing: on the page of your home, \
or by e-mail. Regulation 41 says what to state; what is missing is asked for.
Write a missing profile for each child before it is needed, with a photograph of the last three \
months. The police see it when the child is missing, and not before.
When a child is missing, report it on the page of your home, then ring the police. When the child \
is back, record it at once: a return home interview is offered within 72 hours.
If you worry that somebody exploits a child, tell us with the form for concerns. You need not be \
sure."""


def play(week: Week) -> None:
    """Play what this month brought of children placed across a border."""
    _pack(week)
    _kayden(week)
    _jordan(week)
    _arrival(week)


def _pack(week: Week) -> None:
    with acting_as(user_id("coordinator")) as reader:
        actions.issue_pack(
            text=PACK,
            changed="Notifications are now made on the page of your home.",
            receivers=queries.receivers(reader),
            by=reader,
            at=week.now - timedelta(days=20),
        )


def _kayden(week: Week) -> None:
    """Tell of a child whose home notified, not wholly, and whose authority told of a risk."""
    person = week.children["kayden"].pk
    northmoor = agency("neighbour")
    with acting_as(user_id("home_manager")) as reader:
        placement = providers.placement_on(reader, person)
        if placement is None or placement.home is None:
            return
        actions.notify(
            placement=placement,
            direction=Direction.ARRIVAL,
            duty=Duty.REG_41,
            channel=Channel.HARBOUR,
            sender=placement.home.agency,
            home=placement.home,
            host=placement.home.authority,
            received_on=placement.starts_on + timedelta(days=4),
            happened_on=placement.starts_on,
            given="Kayden",
            family="Marlowe",
            born_on=week.birthday(15, "kayden"),
            placing=northmoor,
            placing_contact="Tomasz Zielinski, 07700 900390",
            accommodated=Said.NO,
            care_order=CareOrder.CARE,
            by=reader,
            at=week.now - timedelta(days=21),
        )
    with acting_as(user_id("coordinator")) as reader:
        for kind, days in ((FlagKind.COUNTY_LINES, 200), (FlagKind.MISSING, 18)):
            actions.keep_told(
                person_id=person,
                kinds=[kind],
                told_by=northmoor,
                told_on=clock.london_date(week.now - timedelta(days=days)),
                channel=Channel.EMAIL,
                by=reader,
                at=week.now - timedelta(days=18),
            )
        actions.arrange_interviews(
            person_id=person,
            interviewer=InterviewService.LISTENING_SUPPORT,
            agreed_with=northmoor,
            reason="Northmoor is two hours away, and he knows the youth worker.",
            by=reader,
            at=week.now - timedelta(days=16),
        )


def _jordan(week: Week) -> None:
    """Tell of a child of whom nobody told anything, though it was asked twice."""
    person = week.children["jordan"].pk
    with acting_as(user_id("coordinator")) as reader:
        actions.offer_consultation(
            person_id=person,
            agency=agency("eastmere"),
            offered_on=clock.london_date(week.now - timedelta(days=9)),
            by=reader,
            at=week.now - timedelta(days=9),
        )
        for days, how in ((9, ChaseHow.EMAIL), (3, ChaseHow.PHONE)):
            due = queries.find_due(reader, ChaseKind.GAPS, person, at=week.now)
            actions.chase(
                due=due,
                how=how,
                words="Their duty desk says the social worker will ring back.",
                by=reader,
                at=week.now - timedelta(days=days),
            )


def _arrival(week: Week) -> None:
    """Notify a child who came yesterday, whom the hub does not know yet."""
    with acting_as(user_id("home_manager")) as reader:
        home = providers.home_of_agency(reader, reader.agency_id) if reader.agency_id else None
        if home is None:
            return
        actions.notify(
            direction=Direction.ARRIVAL,
            duty=Duty.REG_41,
            channel=Channel.HARBOUR,
            sender=home.agency,
            home=home,
            host=home.authority,
            received_on=clock.london_date(week.now),
            happened_on=clock.london_date(week.now - timedelta(days=1)),
            given="Theo",
            family="Marsden",
            placing=agency("saltby"),
            by=reader,
            at=week.now - timedelta(hours=2),
        )
