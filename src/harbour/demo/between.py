"""What the agencies agreed, shared, asked each other for and refused, up to this week."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from harbour.demo.partnership import user_id
from harbour.demo.week import HOUR, Week, agency
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.foundation.kernel import clock
from harbour.record.people import actions as people
from harbour.record.sharing import actions as sharing
from harbour.record.sharing.vocabulary import AgreementState

COUNCILS = ("county", "city", "rutland")
ALL_PARTS = ("contact", "placement", "referral", "assessment", "case", "missing")
AGREEMENTS: tuple[dict[str, Any], ...] = (
    {
        "title": "Middleshire multi-agency safeguarding",
        "reference": "MSP/ISA/2025/01",
        "parties": (*COUNCILS, "police", "health", "yos"),
        "purposes": ("safeguard", "strategy", "section_47", "missing"),
        "gateways": ("ca2004_s10", "ca2004_s11", "ca2004_s16h", "ca1989_s47", "dpa2018_18"),
        "facets": ALL_PARTS,
        "review_in": 75,
    },
    {
        "title": "Preventing crime against children",
        "reference": "MSP/ISA/2025/02",
        "parties": (*COUNCILS, "police", "yos"),
        "purposes": ("prevent_crime",),
        "gateways": ("cda1998_s115",),
        "facets": ("contact", "referral", "case", "missing"),
        "review_in": 75,
    },
    {
        "title": "Schools: keeping a pupil safe",
        "reference": "MSP/ISA/2025/06",
        "parties": ("county", "city", "school", "other_school"),
        "purposes": ("safeguard", "missing"),
        "gateways": ("ca2004_s11",),
        "facets": ("missing",),
        "review_in": 21,
    },
    {
        "title": "Return interviews by the Listening Support Service",
        "reference": "MSP/ISA/2026/03",
        "parties": (*COUNCILS, "listening"),
        "purposes": ("return_interview", "missing"),
        "gateways": ("ca2004_s10",),
        "facets": ("contact", "case", "missing"),
        "review_in": 160,
    },
    {
        "title": "Children's homes: nightly lists",
        "reference": "MSP/ISA/2024/11",
        "parties": ("county", "home_agency"),
        "purposes": ("missing",),
        "gateways": ("ca2004_s10",),
        "facets": ("missing",),
        "review_in": 40,
    },
)


def play(week: Week) -> None:
    """Agree first, then share, ask and refuse."""
    _agreements(week)
    _shared(week)
    _asked(week)
    _refused(week)


def _agreements(week: Week) -> None:
    today = clock.london_date(week.now)
    owner = User.objects.get(pk=user_id("records_officer"))
    with acting_as(user_id("records_officer")) as reader:
        for each in AGREEMENTS:
            row = sharing.agree(
                terms=sharing.Agreed(
                    title=each["title"],
                    reference=each["reference"],
                    parties=[agency(key) for key in each["parties"]],
                    purposes=each["purposes"],
                    gateways=each["gateways"],
                    facets=each["facets"],
                    starts_on=today - timedelta(days=300),
                    ends_on=None,
                    review_on=today + timedelta(days=each["review_in"]),
                    owner=owner,
                ),
                by=reader,
                at=week.now - timedelta(days=300),
            )
        # The last of them, children's homes, is under review after a list went astray.
        sharing.move(
            agreement=row,
            state=AgreementState.SUSPENDED,
            reason="A nightly list went to a home the child had left. Suspended until it is safe.",
            by=reader,
            at=week.now - timedelta(days=12),
        )


def _shared(week: Week) -> None:
    """Share Noor's city record with her school.

    Connor's with the county, where he has friends.
    """
    with acting_as(user_id("city_front_door")) as reader:
        sharing.share(
            person_id=week.children["noor"].pk,
            agency=agency("school"),
            facets=("identity", "missing"),
            purpose="safeguard",
            gateway="ca2004_s11",
            reason="Noor moved to Fenwick Lane in September; the school keeps an eye on her "
            "afternoons.",
            by=reader,
            at=week.now - timedelta(days=6),
        )
        people.associate(
            person_id=week.children["connor"].pk,
            authority=agency("county"),
            because_id=UUID(int=0),
            by=reader,
            at=week.now - timedelta(days=4),
        )


def _asked(week: Week) -> None:
    """Let the school ask about Tyler; nobody has answered yet."""
    with acting_as(user_id("school_lead")) as reader:
        sharing.ask(
            authority=agency("county"),
            given="Tyler",
            family="Hobson",
            born_on=week.birthday(13, "tyler"),
            facets=("missing",),
            purpose="safeguard",
            what="Whether Tyler was missing on the mornings he did not come to school this month.",
            reason="He was absent on six mornings and came in tired. We want to meet him at the "
            "gate on the right days.",
            by=reader,
            at=week.yesterday_nine + 6 * HOUR,
        )


def _refused(week: Week) -> None:
    """Let a home ask for Zara's plan, and the front door decline."""
    with acting_as(user_id("home_manager")) as reader:
        request = sharing.ask(
            authority=agency("county"),
            given="Zara",
            family="Iqbal",
            facets=("case",),
            purpose="safeguard",
            what="What her plan says about who may visit her.",
            reason="Zara visits a boy who lives here, and we want to know whom to ring.",
            by=reader,
            at=week.now - timedelta(days=5),
        )
    with acting_as(user_id("front_door")) as reader:
        sharing.decline(
            person_id=week.children["zara"].pk,
            agency=agency("home_agency"),
            facets=("case",),
            purpose="safeguard",
            gateway="ca2004_s10",
            reason="Her plan names where she is safe, and somebody she fears visits the home. The "
            "number to ring is enough.",
            review_on=clock.london_date(week.now) + timedelta(days=6),
            answers=request,
            words="We do not share a plan. If she is with you and you are worried, ring the front "
            "door at any hour.",
            by=reader,
            at=week.now - timedelta(days=4),
        )
