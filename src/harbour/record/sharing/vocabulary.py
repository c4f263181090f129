"""Purposes and lawful gateways of a share, and where agreements and requests can stand."""

from datetime import timedelta

from django.db.models import TextChoices

# A share that rests on no agreement lasts no longer than this; it can be decided again.
ONE_OFF_LASTS = timedelta(days=28)


class Purpose(TextChoices):
    """Why a part of a record is shared."""

    SAFEGUARD = "safeguard", "Safeguarding the child"
    STRATEGY = "strategy", "Strategy discussion"
    SECTION_47 = "section_47", "Section 47 enquiry"
    MISSING = "missing", "Finding a missing child"
    RETURN_INTERVIEW = "return_interview", "Return home interview"
    PREVENT_CRIME = "prevent_crime", "Preventing or detecting crime"


class Gateway(TextChoices):
    """The power or duty that allows it."""

    CA2004_S10 = "ca2004_s10", "Children Act 2004 s10 (co-operation)"
    CA2004_S11 = "ca2004_s11", "Children Act 2004 s11 (safeguarding duty)"
    CA2004_S16H = "ca2004_s16h", "Children Act 2004 s16H (request by safeguarding partner)"
    CA1989_S47 = "ca1989_s47", "Children Act 1989 s47 (enquiries)"
    CDA1998_S115 = "cda1998_s115", "Crime and Disorder Act 1998 s115 (not for voluntary bodies)"
    DPA2018_SAFEGUARDING = "dpa2018_18", "Data Protection Act 2018 Sch 1 para 18 (safeguarding)"


class AgreementState(TextChoices):
    """Whether agencies may rest a share on an agreement."""

    IN_FORCE = "in_force", "In force"
    SUSPENDED = "suspended", "Suspended"
    ENDED = "ended", "Ended"


class Outcome(TextChoices):
    """What the agency that asked is told."""

    SHARED = "shared", "Shared"
    DECLINED = "declined", "Not shared"
