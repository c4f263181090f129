"""Who may give the ledger's witnesses, and which addresses can be one."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from harbour.foundation.access import policy as access
from harbour.foundation.access.reader import Reader
from harbour.foundation.access.vocabulary import Permission
from harbour.foundation.agencies.models import Agency
from harbour.foundation.audit import egress, witnessing
from harbour.foundation.audit.models import Witness
from harbour.foundation.audit.vocabulary import WitnessKind
from harbour.foundation.kernel.refusals import Refused


def check_can_add_witness(reader: Reader, agency: Agency, kind: WitnessKind, address: str) -> None:
    """Refuse an address that cannot be used, and one that the agency has already."""
    access.check_may(reader, Permission.WITNESSES_MANAGE)
    if problem := problem_with(kind, address):
        raise Refused(problem)
    if Witness.objects.filter(agency=agency, kind=kind, address=address, ended_at=None).exists():
        raise Refused("This agency has this witness already.")


def check_can_end_witness(reader: Reader, witness: Witness) -> None:
    """Refuse to end a witness twice."""
    access.check_may(reader, Permission.WITNESSES_MANAGE)
    if witness.ended_at is not None:
        raise Refused("This witness is ended already.")


def problem_with(kind: WitnessKind, address: str) -> str:
    """Say in a sentence why an address cannot be a witness of this kind; empty where it can."""
    if kind is WitnessKind.ENDPOINT:
        return egress.problem_with(address)
    try:
        if kind is WitnessKind.FILE:
            witnessing.file_path(address)
        else:
            validate_email(address)
    except egress.NotSent as problem:
        return str(problem)
    except ValidationError:
        return "Enter an e-mail address, such as ledger@agency.example.org."
    return ""
