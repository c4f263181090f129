"""Letters about a sign-in, sent by the worker: no name, no child, no link that opens anything."""

from uuid import UUID

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from harbour.foundation.access.models import User

LETTER = (
    "Something about how you sign in to Harbour was changed: a password, a passkey, an\n"
    "authenticator app or recovery codes. Your account in Harbour says what and when.\n\n"
    "If this was not you, tell your administrator now. Nobody will ask you for a code.\n"
)


@app.task(name="entrance.write_to", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def write_to(*, user_id: str) -> None:
    """Tell a person by mail that her sign-in was changed."""
    person = User.objects.filter(pk=UUID(user_id), is_active=True).first()
    if person is None:
        return
    message = EmailMessage(
        subject="Your sign-in to Harbour was changed",
        body=LETTER,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
    )
    mail.mailers["default"].send_messages([message])
