"""Issue the pack, give it to providers and authorities, acknowledge it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from harbour.foundation.access.reader import Reader
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import actions as audit
from harbour.foundation.audit.vocabulary import Act
from harbour.foundation.kernel.refusals import Refused
from harbour.work.hosting import policy
from harbour.work.hosting.models import Pack, PackSent


@transaction.atomic
def issue_pack(
    *, text: str, changed: str, receivers: Iterable[Agency], by: Reader, at: datetime
) -> Pack:
    """Issue the next version of the pack and give it to these providers and authorities."""
    policy.check_can_keep(by)
    last = Pack.objects.aggregate(last=Max("number"))["last"] or 0
    pack = Pack(
        number=last + 1,
        text=text.strip(),
        changed=changed.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
    )
    pack.save(force_insert=True)
    audit.record(Act.COLLECT, "hosting.pack_issued", about=pack, by=by, at=at)
    for each in receivers:
        give_pack(pack=pack, agency=each, by=by, at=at)
    return pack


@transaction.atomic
def give_pack(*, pack: Pack, agency: Agency, by: Reader, at: datetime) -> PackSent:
    """Give a version of the pack to one provider or authority, once."""
    policy.check_can_keep(by)
    known = PackSent.objects.filter(pack=pack, agency=agency).first()
    if known is not None:
        return known
    row = PackSent(pack=pack, agency=agency, recorded_at=at, recorded_by_id=by.user_id)
    row.save(force_insert=True)
    audit.record(Act.DISCLOSE, "hosting.pack_given", about=row, by=by, at=at)
    return row


@transaction.atomic
def acknowledge_pack(*, sent: PackSent, by: Reader, at: datetime) -> None:
    """Say for one's own agency that this version of the pack was received and read."""
    policy.check_can_acknowledge(by, sent)
    changed = PackSent.objects.filter(pk=sent.pk, acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_by_id=by.user_id
    )
    if not changed:
        raise Refused("Your agency has acknowledged this version.")
    audit.record(Act.ALTER, "hosting.pack_acknowledged", about=sent, by=by, at=at)
