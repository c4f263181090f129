"""Forms of people and roles."""

from typing import Any, ClassVar, override

from django import forms

from harbour.foundation.access.roles import ROLES, SYSTEM_ADMINISTRATOR
from harbour.foundation.agencies.models import Team
from harbour.foundation.approvals.vocabulary import SHORTEST_REASON
from harbour.foundation.entrance.adapter import providers
from harbour.foundation.ui.forms import ChoiceField, DateField, Form, TextField
from harbour.hub.staff.vocabulary import Lost


# The class takes no type at run time, only in the stubs.
class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team, named with its agency."""

    @override
    def label_from_instance(self, obj: Team) -> str:
        """Return agency and team."""
        return f"{obj.agency.name}: {obj.name}"


class GiveRole(Form):
    """A role, where and from when."""

    names: ClassVar = {"role": "the role", "team": "the team", "starts_on": "the first day"}

    role = forms.ChoiceField(
        label="Role",
        choices=[("", ""), *((each.code, each.title) for each in ROLES if not each.system)],
    )
    team = TeamChoice(label="Team", queryset=Team.objects.select_related("agency"))
    starts_on = DateField(label="From")
    reason = TextField(
        label="Why they need it, for a system administrator",
        help_text="It takes two people to make an administrator: another administrator or the "
        "records officer reads this and decides within a day. Leave empty for other roles.",
        max_length=500,
        required=False,
    )

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for the reason where a second person reads it."""
        cleaned: dict[str, Any] = super().clean() or {}
        short = len(cleaned.get("reason", "").strip()) < SHORTEST_REASON
        if cleaned.get("role") == SYSTEM_ADMINISTRATOR.code and short:
            self.add_error("reason", "Say in a sentence why they need to be an administrator")
        return cleaned


class EndRole(Form):
    """The day from which a role is no longer held."""

    names: ClassVar = {"ends_on": "the day"}

    ends_on = DateField(label="No longer held from", help_text="The first day without the role.")


class Leave(Form):
    """The first day on which somebody no longer works here."""

    names: ClassVar = {"left_on": "the day"}

    left_on = DateField(
        label="No longer works here from",
        help_text="The first day without access. If it has come, every session ends at once.",
    )


class MapGroup(Form):
    """A group of a sign-in provider and what it gives."""

    names: ClassVar = {
        "provider": "the provider",
        "group": "the group",
        "role": "the role",
        "team": "the team",
    }

    provider = forms.ChoiceField(label="Provider")
    group = forms.CharField(
        label="Group",
        max_length=200,
        help_text="As the provider names it in its answers: Entra ID sends the object id.",
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[
            ("", ""),
            *(
                (each.code, each.title)
                for each in ROLES
                if not each.system and each != SYSTEM_ADMINISTRATOR
            ),
        ],
    )
    team = TeamChoice(label="Team", queryset=Team.objects.select_related("agency"))

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each["provider_id"], each["name"]) for each in providers()]
        self.fields["provider"].choices = [("", ""), *known]  # type: ignore[attr-defined]  # a choice field


class AddPerson(Form):
    """A new member of staff."""

    names: ClassVar = {
        "email": "the e-mail address",
        "name": "the name",
        "job": "the job",
    }

    name = forms.CharField(label="Name", max_length=200)
    job = forms.CharField(label="Job", max_length=200)
    email = forms.EmailField(label="Work e-mail address", max_length=254)


class Help(Form):
    """What somebody lost, and how it was made sure that it is really her who asks."""

    names: ClassVar = {"lost": "what is lost", "checked": "how you know that it is them"}

    lost = ChoiceField(label="What is lost?", choices=Lost.choices)
    checked = TextField(
        label="How do you know that it is them?",
        help_text="For example: they came to the office and showed their badge; I called them back "
        "on the number in the staff list. A call or a message alone is not enough.",
        max_length=500,
    )

    def clean_checked(self) -> str:
        """Ask for a sentence: the second person decides by it."""
        said = str(self.cleaned_data["checked"]).strip()
        if len(said) < SHORTEST_REASON:
            raise forms.ValidationError("Say in a sentence how you know that it is them")
        return said
