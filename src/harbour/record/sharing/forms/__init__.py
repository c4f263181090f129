"""What is asked when records are shared, asked for or refused, and when agencies agree."""

from harbour.record.sharing.forms.agreements import AgreementForm, MoveForm
from harbour.record.sharing.forms.requests import AskForm, NobodyForm
from harbour.record.sharing.forms.shares import (
    DeclineForm,
    ExtendForm,
    ShareForm,
    WithdrawForm,
    end_of_day,
)

__all__ = [
    "AgreementForm",
    "AskForm",
    "DeclineForm",
    "ExtendForm",
    "MoveForm",
    "NobodyForm",
    "ShareForm",
    "WithdrawForm",
    "end_of_day",
]
