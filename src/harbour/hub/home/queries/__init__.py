"""Read what is a person's own: tasks, what changed, and what stands beside them."""

from harbour.hub.home.queries.beside import Beside, HomeChild, beside
from harbour.hub.home.queries.changes import changes, look_since
from harbour.hub.home.queries.tasks import tasks

__all__ = ["Beside", "HomeChild", "beside", "changes", "look_since", "tasks"]
