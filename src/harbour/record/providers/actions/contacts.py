"""Keep the directory: whom to ring or write to, where, for what, since when."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel import clock
from harbour.foundation.kernel.refusals import Refused
from harbour.record.providers import policy
from harbour.record.providers.models import Contact


class Reached(TypedDict, total=False):
    """How somebody is reached."""

    name: str
    phone: str
    email: str
    hours: str


@transaction.atomic
def add_contact(
    *, agency: Agency, purpose: str, by: Reader, at: datetime, **reached: Unpack[Reached]
) -> Contact:
    """Add whom to ring or write to at an agency, from today."""
    policy.check_can_keep_contacts(by, agency.pk)
    if not (reached.get("phone") or reached.get("email")):
        raise Refused("Give a telephone number or an e-mail address.")
    today = clock.london_date(at)
    row = Contact(
        agency=agency,
        purpose=purpose,
        starts_on=today,
        checked_on=today,
        recorded_at=at,
        recorded_by_id=by.user_id,
        **reached,
    )
    row.save(force_insert=True)
    audit.record(Act.COLLECT, "providers.contact_added", about=row, by=by, at=at)
    return row


@transaction.atomic
def confirm_contact(*, contact: Contact, by: Reader, at: datetime) -> None:
    """Say that somebody made sure of a contact today."""
    _change(contact, by, at, "providers.contact_confirmed", checked_on=clock.london_date(at))


@transaction.atomic
def end_contact(*, contact: Contact, by: Reader, at: datetime) -> None:
    """Say that a contact holds no more; it stays in the history."""
    _change(contact, by, at, "providers.contact_ended", ends_on=clock.london_date(at))


def _change(contact: Contact, by: Reader, at: datetime, event: str, **said: object) -> None:
    policy.check_can_keep_contacts(by, contact.agency_id)
    if not Contact.objects.filter(pk=contact.pk, ends_on=None).update(**said):
        raise Refused("This contact has ended.")
    audit.record(Act.ALTER, event, about=contact, by=by, at=at)
