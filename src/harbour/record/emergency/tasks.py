"""Tell leads by e-mail that a review waits: no name, no child, nothing but the way to sign in."""

from django.conf import settings
from django.core.mail import send_mail
from procrastinate.contrib.django import app

from harbour.foundation.access.models import User

SUBJECT = "Harbour: an emergency access waits for your review"
WORDS = (
    "Somebody opened a record by emergency access for an authority that you lead.\n\n"
    "Sign in to Harbour and open My work to see it. It is to be reviewed by the end of the next "
    "working day.\n"
)


@app.task(name="emergency.write_to_leads", pass_context=False)
def write_to_leads(user_ids: list[str]) -> None:
    """Write to these people at their work addresses."""
    users = User.objects.filter(pk__in=user_ids, is_active=True)
    to = list(users.values_list("email", flat=True))
    for each in to:
        send_mail(SUBJECT, WORDS, settings.DEFAULT_FROM_EMAIL, [each])
