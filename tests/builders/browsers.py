"""Somebody at a browser who answers, as a person does, why they open a child's record."""

from typing import Any, override

from django.http.response import HttpResponseBase
from django.test import Client

from harbour.record.people.views.reasons import FIELD
from harbour.record.people.vocabulary import Reason


def asks_why(answer: HttpResponseBase) -> bool:
    """Say whether a page is the question why a record is opened."""
    return f'name="{FIELD}"' in getattr(answer, "content", b"").decode("utf-8", "replace")


class Browser(Client):
    """A test client that answers the question why a record is opened and goes on."""

    because = Reason.MEETING

    @override
    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Open a page; answer the question if it stands before the page."""
        answer = super().get(*args, **kwargs)
        if not asks_why(answer):
            return answer
        self.post(answer.request["PATH_INFO"], {FIELD: self.because.value})
        return super().get(*args, **kwargs)
