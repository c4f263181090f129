"""What people are asked. A form checks what was typed; it never writes."""

from harbour.work.missing.forms.asked import Versioned
from harbour.work.missing.forms.check import Prevention
from harbour.work.missing.forms.episode import HandOver, Log, RecordReturn, RiskGrade
from harbour.work.missing.forms.interview import Answered, Hold, OfferInterview
from harbour.work.missing.forms.known import Amend, CarryOn, Reclassify
from harbour.work.missing.forms.profile import ProfileForm
from harbour.work.missing.forms.report import STEPS, FindChild, Narrow, Step, report_of
from harbour.work.missing.forms.sheet import OpenSheet, SendSheet

__all__ = [
    "STEPS",
    "Amend",
    "Answered",
    "CarryOn",
    "FindChild",
    "HandOver",
    "Hold",
    "Log",
    "Narrow",
    "OfferInterview",
    "OpenSheet",
    "Prevention",
    "ProfileForm",
    "Reclassify",
    "RecordReturn",
    "RiskGrade",
    "SendSheet",
    "Step",
    "Versioned",
    "report_of",
]
