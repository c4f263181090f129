"""Do a deed that a form asks for; whatever stops it stands on the form, so nobody types twice."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from harbour.foundation.kernel.refusals import Refused
from harbour.foundation.kernel.versions import Conflict

CHANGED = (
    "Somebody else changed this record while you were writing. Nothing you wrote is lost: look at "
    "what changed, then send this page again."
)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, as a copy that the page may renew the version in."""
    return request.POST.copy() if request.method == "POST" else None


def done(
    form: BaseForm,
    deed: Callable[[], object],
    *,
    field: str | None = None,
    conflicts: bool = True,
) -> bool:
    """Do the deed and say whether it was done; a refusal or a conflict becomes the form's error.

    With `conflicts=False` a conflict is raised: its page shows both texts.
    """
    try:
        deed()
    except Refused as refused:
        form.add_error(field, refused.sentence)
    except Conflict as conflict:
        if not conflicts:
            raise
        form.add_error(None, CHANGED)
        if isinstance(form.data, QueryDict):
            form.data["seen_version"] = str(conflict.version)
    else:
        return True
    return False
