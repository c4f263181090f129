"""Small builders of notifications, and of what is known of a hosted child."""

from datetime import date
from typing import Any
from uuid import UUID

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.kernel import clock
from harbour.record.providers.models import Home, Placement
from harbour.work.hosting import actions
from harbour.work.hosting.models import Consultation, Notification, ToldFlag

# What regulation 41(3) asks for, but for the agencies.
WHOLE = {
    "given": "Amara",
    "family": "Quill",
    "born_on": date(2009, 3, 14),
    "accommodated": "yes",
    "care_order": "none",
    "placing_contact": "Duty desk, 07700 900170",
    "reviewer_contact": "Reviewing service, 07700 900171",
    "ehc_plan": "no",
}


def today() -> date:
    """Return the day in England."""
    return clock.london_date(clock.now())


def _arrival(sender: Agency, home: Home | None, host: Agency) -> dict[str, Any]:
    return {
        "direction": "arrival",
        "duty": "reg_41",
        "channel": "harbour",
        "sender": sender,
        "home": home,
        "host": host,
        "received_on": today(),
        "happened_on": today(),
    }


def from_home(by: Reader, home: Home, placing: Agency | None, **said: Any) -> Notification:
    """Notify an arrival as the home does, whole, of a child the hub does not show there yet."""
    told = _arrival(home.agency, home, home.authority) | WHOLE | {"placing": placing} | said
    return actions.notify(by=by, at=clock.now(), **told)


def a_notification(by: Reader, placement: Placement, **said: Any) -> Notification:
    """Notify the arrival of a child who is recorded as placed there, for the home if it is one."""
    home, responsible = placement.home, placement.responsible
    sender = home.agency if home else responsible
    told = _arrival(sender, home, home.authority if home else placement.host or responsible)
    told |= WHOLE | {"placing": responsible} | said
    return actions.notify(by=by, at=clock.now(), placement=placement, **told)


def a_flag(by: Reader, person_id: UUID, told_by: Agency, **said: Any) -> ToldFlag:
    """Keep that another authority told of a risk."""
    told: dict[str, Any] = {
        "kinds": ["county_lines"],
        "told_on": today(),
        "channel": "phone",
    } | said
    (flag,) = actions.keep_told(person_id=person_id, told_by=told_by, by=by, at=clock.now(), **told)
    return flag


def a_consultation(by: Reader, person_id: UUID, agency: Agency) -> Consultation:
    """Offer a local consultation today."""
    return actions.offer_consultation(
        person_id=person_id, agency=agency, offered_on=today(), by=by, at=clock.now()
    )
