"""The choice of a quarter and an authority. Nothing personal: it stays in the address."""

from collections.abc import Sequence

from django import forms

from harbour.insight.reporting.queries import Scope
from harbour.insight.reporting.rules import Quarter


class Choice(forms.Form):
    """Which quarter, whose figures."""

    quarter = forms.ChoiceField(label="Quarter")
    authority = forms.ChoiceField(label="Authority", required=False)

    def __init__(
        self, *, quarters: Sequence[Quarter], scopes: Sequence[Scope], chosen: tuple[Quarter, Scope]
    ) -> None:
        quarter, scope = chosen
        super().__init__(initial={"quarter": word(quarter), "authority": scope.slug})
        offered = sorted({*quarters, quarter}, reverse=True)
        self.fields["quarter"].choices = [(word(each), each.period.label) for each in offered]  # type: ignore[attr-defined]  # a choice field
        self.fields["authority"].choices = [  # type: ignore[attr-defined]  # a choice field
            (each.slug, each.name[:1].upper() + each.name[1:]) for each in scopes
        ]


def word(quarter: Quarter) -> str:
    """Return a quarter as the choice sends it: 2018-19-4."""
    return f"{quarter.slug}-{quarter.number}"
