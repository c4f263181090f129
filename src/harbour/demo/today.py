"""This week in the hub, played through the same actions that people use.

Each as the member of the cast who does it.

When it is over, a visitor finds: concerns waiting to be screened, one closed with no further action
that has resurfaced, a child missing since last night, interviews on track, due and overdue,
yesterday's meeting with its minutes, an allocation nobody has acknowledged, and today's meeting
ready to be opened.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from harbour.demo import absences, across, between
from harbour.demo.partnership import agency_id, user_id
from harbour.demo.week import CHILDREN, HOUR, Week, agency
from harbour.foundation.access.context import acting_as
from harbour.foundation.kernel import clock
from harbour.hub.meetings import actions as meetings
from harbour.hub.meetings.models import Item, Meeting
from harbour.record.people import actions as people
from harbour.record.people.models import Person
from harbour.record.providers import actions as providers
from harbour.record.providers.models import Home
from harbour.work.cases import actions as cases
from harbour.work.cases.models import Allocation
from harbour.work.cases.vocabulary import AllocationRole, HarmStatus, HarmWhen, PlanKind, Stage
from harbour.work.referrals import actions as referrals
from harbour.work.referrals.actions import Said, SaidChild
from harbour.work.referrals.models import DescribedChild, Referral
from harbour.work.referrals.vocabulary import Channel, Decision

NIGHT, DAY = "5 pm to 8.30 am, and all weekend", "8.30 am to 5 pm on working days"
CONTACTS = (
    ("county", "out_of_hours", NIGHT),
    ("city", "out_of_hours", NIGHT),
    ("neighbour", "out_of_hours", NIGHT),
    ("neighbour", "notifications", DAY),
    ("neighbour", "missing", DAY),
    ("eastmere", "out_of_hours", NIGHT),
    ("eastmere", "notifications", DAY),
    ("police", "missing", "Day and night"),
    ("home_agency", "manager", "Day and night"),
)


def is_there() -> bool:
    """Say whether this week has been played."""
    with acting_as(user_id("team_manager")):
        return Meeting.objects.exists()


@transaction.atomic
def play() -> None:
    """Play the week up to this moment."""
    week = Week(clock.now())
    _directory(week)
    _register(week)
    _place(week)
    _no_further_action(week)
    _yesterdays_concern(week)
    _yesterdays_meeting(week)
    _concern_for_today(week)
    _waiting_concerns(week)
    absences.play(week)
    between.play(week)
    across.play(week)


def _directory(week: Week) -> None:
    """Which areas adjoin, and whom to ring at night: what a placement across a border needs."""
    at = week.now - timedelta(days=40)
    adjoin = {"county": ("city", "rutland", "neighbour"), "eastmere": ("saltby",)}
    with acting_as(user_id("coordinator")) as reader:
        for key, near in adjoin.items():
            neighbours = {agency_id(each) for each in near}
            providers.keep_adjoining(authority=agency(key), neighbours=neighbours, by=reader, at=at)
        for number, (key, purpose, hours) in enumerate(CONTACTS):
            providers.add_contact(
                agency=agency(key),
                purpose=purpose,
                phone=f"07700 9003{number:02d}",
                email=f"{purpose.replace('_', '.')}@{key}.example.org",
                hours=hours,
                by=reader,
                at=at,
            )


def _register(week: Week) -> None:
    at = week.now - timedelta(days=30)
    for child in CHILDREN:
        with acting_as(user_id(child.by)) as reader:
            person = people.register_child(
                given=child.given,
                family=child.family,
                known_as=child.known_as,
                born_on=week.birthday(child.age, child.key),
                born_precision="day",
                sex=child.sex,
                responsible=agency(child.responsible),
                host=agency(child.host) if child.host else None,
                ethnicity=child.ethnicity,
                ethnicity_source=child.ethnicity_source,
                by=reader,
                at=at,
            )
            if child.phone:
                people.add_phone(person_id=person.pk, number=child.phone, by=reader, at=at)
            week.children[child.key] = person


def _place(week: Week) -> None:
    at = week.now - timedelta(days=25)
    for key, responsible in (("kayden", "neighbour"), ("jordan", "eastmere")):
        with acting_as(user_id("coordinator")) as reader:
            home = Home.objects.filter(agency_id=agency_id("home_agency")).first()
            if home is None:
                home = providers.register_home(
                    agency_id=agency_id("home_agency"),
                    authority=agency("county"),
                    manager="Carol Jephson",
                    places=6,
                    by=reader,
                    at=at,
                )
            providers.place_child(
                person=week.children[key],
                home=home,
                responsible=agency(responsible),
                starts_on=clock.london_date(at),
                placement_type="K2",
                provider_type="PR4",
                legal_status="C2",
                host=agency("county"),
                by=reader,
                at=at,
            )


def _concern(
    said: Said, *, by: str, at: datetime, channel: Channel = Channel.STAFF_FORM
) -> Referral:
    with acting_as(user_id(by)) as reader:
        return referrals.receive(said=said, channel=channel, by=reader, at=at)


def _screen(
    referral: Referral, person: Person, decision: Decision, reason: str, *, by: str, at: datetime
) -> None:
    with acting_as(user_id(by)) as reader:
        fresh = Referral.objects.get(pk=referral.pk)
        described = DescribedChild.objects.filter(referral=fresh).first()
        referrals.link(referral=fresh, described=described, person_id=person.pk, by=reader, at=at)
        referrals.decide(
            referral=fresh,
            seen_version=fresh.version,
            decision=decision,
            reason=reason,
            by=reader,
            at=at + timedelta(minutes=4),
        )


def _no_further_action(week: Week) -> None:
    """Ten days ago, closed with no further action: Callum's phone was seen with an older boy's."""
    at = week.now - timedelta(days=10)
    referral = _concern(
        Said(
            authority=agency("county"),
            source="2A",
            local_source="education",
            concerns=("cce",),
            narrative="Callum has come to school with a second phone and new trainers he does "
            "not explain. He is "
            "tired and asks to leave when it rings. No one has hurt him as far as we know.",
            children=(
                SaidChild(given="Callum", family="Westbrook", age_said="14", phone="07700 900102"),
            ),
            referrer_name="Moira Finch",
            referrer_role="Safeguarding lead, Fenwick Lane Academy",
            parents_informed="yes",
        ),
        by="school_lead",
        at=at,
    )
    _screen(
        referral,
        week.children["callum"],
        Decision.NO_FURTHER_ACTION,
        "School and mother have a plan; nothing else is known about Callum yet. Kept in watch.",
        by="front_door",
        at=at + 3 * HOUR,
    )


def _yesterdays_concern(week: Week) -> None:
    at = week.yesterday_nine - 18 * HOUR
    referral = _concern(
        Said(
            authority=agency("county"),
            source="3E",
            concerns=("cse", "online"),
            narrative="Amara, 15, came to the emergency department with an injury to her arm. "
            "She said a man she "
            "met online drives her to a flat where older men are. She is frightened of him and "
            "wants it to stop.",
            children=(
                SaidChild(
                    given="Amara",
                    family="Oyelaran",
                    age_said="15",
                    with_now="At home with her aunt",
                ),
            ),
            referrer_name="Grace Okoro",
            referrer_role="Specialist nurse",
            parents_informed="not_known",
            parents_reason="Amara asked us to wait until she had spoken to her aunt.",
        ),
        by="nurse",
        at=at,
    )
    _screen(
        referral,
        week.children["amara"],
        Decision.DAILY_MEETING,
        "Amara describes being harmed by adults. The agencies decide together in the morning.",
        by="front_door",
        at=at + 2 * HOUR,
    )


def _yesterdays_meeting(week: Week) -> None:
    opened = week.yesterday_nine + timedelta(minutes=5)
    with acting_as(user_id("team_manager")) as reader:
        meeting = meetings.open_meeting(
            authority_id=agency_id("county"),
            window_to=week.yesterday_nine,
            chair_id=reader.user_id,
            by=reader,
            at=opened,
        )
        came = [
            meetings.Came(agency_id=agency_id(key), present=True)
            for key in ("county", "police", "health")
        ]
        meetings.record_attendance(meeting=meeting, came=came, by=reader, at=opened)
    _views(week, opened)
    _decide(week, meeting, opened + timedelta(minutes=20))
    with acting_as(user_id("detective")) as reader:
        mine = Allocation.objects.get(worker_id=reader.user_id, person=week.children["amara"])
        cases.acknowledge(allocation=mine, seen_version=mine.version, by=reader, at=opened + HOUR)


def _views(week: Week, opened: datetime) -> None:
    said = (
        (
            "detective",
            (
                "The car she describes was stopped twice near Bramley Court in October. The driver "
                "is known to us."
            ),
        ),
        ("team_manager", "No earlier referral. Her aunt is worried and will work with us."),
        ("nurse", "Injury consistent with being held. She agreed to come back on Thursday."),
    )
    for place, (key, information) in enumerate(said):
        with acting_as(user_id(key)) as reader:
            item = Item.objects.get(person=week.children["amara"])
            meetings.give_view(
                item=item,
                said=meetings.Said(
                    information=information,
                    harm=HarmStatus.CONFIRMED if key != "team_manager" else HarmStatus.SUSPECTED,
                    harm_when=HarmWhen.CURRENT,
                    grade="high",
                ),
                by=reader,
                at=opened + timedelta(minutes=3 + place),
            )


def _verdict(day: date) -> meetings.Verdict:
    """Return what the meeting decides about Amara."""
    return meetings.Verdict(
        decision=cases.Decision(
            grade="high",
            harm=HarmStatus.CONFIRMED,
            harm_when=HarmWhen.CURRENT,
            concerns=("cse", "online"),
            rationale="Amara has told a nurse that adults are hurting her now. Her "
            "account fits what the "
            "police know of the flat and the car.",
        ),
        offers=(
            cases.Offer(role=AllocationRole.DETECTIVE, worker_id=user_id("detective")),
            cases.Offer(role=AllocationRole.SOCIAL_WORKER, worker_id=user_id("front_door")),
            cases.Offer(role=AllocationRole.YOUTH_WORKER, worker_id=user_id("youth_worker")),
        ),
        plan=(
            cases.Planned(
                kind=PlanKind.SAFETY,
                text="Agree with Amara and her aunt who she rings and where she goes if he comes.",
                owner_id=user_id("front_door"),
                due_on=day + timedelta(days=1),
            ),
            cases.Planned(
                kind=PlanKind.DISRUPTION,
                text="Consider a child abduction warning notice against the driver.",
                owner_id=user_id("detective"),
                due_on=day + timedelta(days=3),
            ),
        ),
    )


def _decide(week: Week, meeting: Meeting, at: datetime) -> None:
    with acting_as(user_id("team_manager")) as reader:
        item = Item.objects.get(person=week.children["amara"])
        meetings.reveal(item=item, by=reader, at=at)
        item.refresh_from_db()
        day = clock.london_date(at)
        meetings.decide(
            item=item,
            verdict=_verdict(day),
            seen_version=item.version,
            by=reader,
            at=at,
        )
        cases.enter_stage(
            person_id=item.person_id,
            stage=Stage.DISCLOSURE,
            entered_on=day,
            note="First told to the specialist nurse.",
            by=reader,
            at=at,
        )
        cases.record_child_voice(
            person_id=item.person_id,
            words="I just want him to stop coming to the house. I want to go to school like "
            "before.",
            said_on=day,
            said_to="Grace Okoro, specialist nurse",
            by=reader,
            at=at,
        )
        fresh = Meeting.objects.get(pk=meeting.pk)
        meetings.close_meeting(meeting=fresh, by=reader, at=at + timedelta(minutes=10))


def _concern_for_today(week: Week) -> None:
    """Send the concern about Ellis to today's meeting."""
    youth_justice = _concern(
        Said(
            authority=agency("county"),
            source="5B",
            local_source="yos",
            concerns=("cce", "county_lines"),
            narrative="Ellis, 17, was found in a flat in Harborne Road with two adults and a bag "
            "of phones. He says "
            "he owes money and cannot say no. He asked whether his little brother is safe.",
            children=(SaidChild(given="Ellis", family="Grainger", age_said="17"),),
            group_name="the Harborne Road flat",
            parents_informed="yes",
        ),
        by="youth_justice",
        at=week.yesterday_nine + 7 * HOUR,
    )
    _screen(
        youth_justice,
        week.children["ellis"],
        Decision.DAILY_MEETING,
        "Found in a flat where adults use children to sell drugs. To be graded together.",
        by="front_door",
        at=week.yesterday_nine + 9 * HOUR,
    )


def _waiting_concerns(week: Week) -> None:
    """Let two concerns wait to be screened."""
    _concern(
        Said(
            authority=agency("county"),
            source="1A",
            concerns=("cse",),
            narrative="My niece Ruby is 12 and a man of about 25 keeps sending her messages and "
            "presents. She cries "
            "when we ask. I think she is being made to send him pictures.",
            children=(
                SaidChild(
                    given="Ruby", family="Tansley", age_said="12", school="Fenwick Lane Academy"
                ),
            ),
            referrer_role="Aunt",
            parents_informed="no",
            parents_reason="I do not know what her dad would do.",
        ),
        by="public_intake",
        at=week.now - 5 * HOUR,
        channel=Channel.PUBLIC_FORM,
    )
    _concern(
        Said(
            authority=agency("county"),
            source="6",
            concerns=("missing", "youth_violence"),
            narrative="Officers met Tyler, 13, at the bus station at 23:40 with two older boys. "
            "He had a cut on his "
            "hand and would not say how it happened. Taken home.",
            children=(SaidChild(given="Tyler", family="Hobson", age_said="13"),),
            referrer_name="Leon Baptiste",
            referrer_role="Out-of-hours service, from a police call",
        ),
        by="out_of_hours",
        at=week.now - 9 * HOUR,
        channel=Channel.PHONE,
    )
