"""Who goes missing this week, who comes back, and whose interview falls due when."""

from datetime import timedelta
from typing import Any

from harbour.demo.partnership import user_id
from harbour.demo.week import HOUR, Week
from harbour.foundation.access.context import acting_as
from harbour.foundation.access.models import User
from harbour.work.missing import actions as missing
from harbour.work.missing.models import Episode, ReturnInterview


def play(week: Week) -> None:
    """Play every absence of the week, those that ended first; the home knew before."""
    _profile(week)
    _returned(week)
    _missing_now(week)


def _profile(week: Week) -> None:
    """Write down beforehand what whoever looks for Kayden needs to know."""
    with acting_as(user_id("home_manager")) as reader:
        missing.keep_profile(
            person_id=week.children["kayden"].pk,
            seen_number=0,
            by=reader,
            at=week.now - timedelta(days=20),
            looks="About 5 foot 8, slim, short dark hair, a chipped front tooth. Black puffer "
            "jacket in any weather.",
            vulnerable="Older boys have sent him out with packages. He owes them money and is "
            "frightened of them.",
            medical="Asthma: blue inhaler, often left behind. Breathless after running.",
            approach="Use Kay. Sit down, do not stand over him. Do not ask about the debt first.",
            agreed="If late he texts the word 'home' and the night worker fetches him; no "
            "questions.",
            places="The skate park by Wexcombe bus station; his gran in Saltby.",
            associates="Dre, about 19, drives a silver car. His cousin Tam.",
            phones="07700 900108, switched off at night.",
            accounts="kay_m on the games console.",
            transport="Bus 14 to Wexcombe; travel card paid until Friday.",
        )


def _reported(
    week: Week, key: str, *, by: str, hours: float, risk: str, missing_from: str, **more: Any
) -> Episode:
    at = week.now - timedelta(hours=hours)
    with acting_as(user_id(by)) as reader:
        return missing.report_missing(
            report=missing.Report(
                person_id=week.children[key].pk,
                started_at=at - HOUR,
                reported_at=at,
                police_risk=risk,
                missing_from=missing_from,
                police_reference=f"MP-{1000 + int(hours)}",
                **more,
            ),
            by=reader,
            at=at,
        )


def _back(
    week: Week, episode: Episode, *, by: str, hours: float, timed: bool = True, **more: Any
) -> ReturnInterview:
    at = week.now - timedelta(hours=hours)
    with acting_as(user_id(by)) as reader:
        return missing.record_return(
            episode=Episode.objects.get(pk=episode.pk),
            back=missing.Return(returned_at=at if timed else None, **more),
            seen_version=Episode.objects.get(pk=episode.pk).version,
            by=reader,
            at=at + timedelta(minutes=20),
        )


def _returned(week: Week) -> None:
    """Children who are back.

    An interview due within hours, one overdue, one on track, one without a time.
    """
    zara = _reported(week, "zara", by="out_of_hours", hours=75, risk="medium", missing_from="home")
    _back(week, zara, by="out_of_hours", hours=62, how="returned", found_where="Came home by bus")
    tyler = _reported(
        week, "tyler", by="coordinator", hours=100, risk="medium", missing_from="home"
    )
    _back(week, tyler, by="coordinator", hours=80, how="police", found_where="Wexcombe bus station")
    mia = _reported(week, "mia", by="out_of_hours", hours=40, risk="low", missing_from="education")
    _back(week, mia, by="out_of_hours", hours=30, timed=False, how="not_known")
    jordan = _reported(
        week, "jordan", by="home_manager", hours=33, risk="high", missing_from="care"
    )
    interview = _back(
        week, jordan, by="home_manager", hours=20, how="police", found_where="A flat in Wexcombe"
    )
    _offer(week, interview)


def _offer(week: Week, interview: ReturnInterview) -> None:
    at = week.now - 15 * HOUR
    with acting_as(user_id("coordinator")) as reader:
        fresh = ReturnInterview.objects.get(pk=interview.pk)
        missing.offer_interview(
            interview=fresh,
            offer=missing.Offer(
                offered="yes",
                offered_at=at,
                service="listening_support",
                best_placed_reason="Jordan asked for somebody who is not from the home or the "
                "police.",
                interviewer=User.objects.get(pk=user_id("youth_worker")),
            ),
            seen_version=fresh.version,
            by=reader,
            at=at,
        )
        missing.record_answer(
            interview=fresh,
            reply=missing.Reply(accepted="yes"),
            seen_version=fresh.version,
            by=reader,
            at=at + HOUR,
        )


def _missing_now(week: Week) -> None:
    """Missing since last night.

    Kayden from Larkfield House, and Callum, whose earlier concern resurfaces.
    """
    kayden = _reported(
        week,
        "kayden",
        by="home_manager",
        hours=11,
        risk="high",
        missing_from="care",
        last_seen="Left Larkfield House by the back door after tea, on foot",
        wearing="Black puffer jacket, grey joggers, white trainers",
        with_whom="Spoke on the phone to somebody he called Dre",
        means="A little cash, a phone that is switched off",
        told="Placing authority's duty line, police, Kayden's mother",
    )
    with acting_as(user_id("out_of_hours")) as reader:
        missing.add_log(
            episode=Episode.objects.get(pk=kayden.pk),
            text="Rang his mother: he has not been there. She will ring if he does.",
            by=reader,
            at=week.now - 6 * HOUR,
        )
    _reported(
        week,
        "callum",
        by="out_of_hours",
        hours=3,
        risk="medium",
        missing_from="home",
        last_seen="At home at bedtime; bed empty in the morning",
        wearing="School trousers, blue hoodie",
        told="Police, his mother is at home waiting",
    )
