"""Frozen values for the pages of this room."""

from harbour.work.hosting.presenters.across import (
    child_page,
    elsewhere_page,
    hosted_page,
    named,
    record_link,
)
from harbour.work.hosting.presenters.desk import ASKED_FIRST, chase_page, desk_page
from harbour.work.hosting.presenters.home import home_page
from harbour.work.hosting.presenters.notifications import (
    notification_page,
    notifications_page,
    take_in_page,
)
from harbour.work.hosting.presenters.packs import pack_page, packs_page

__all__ = [
    "ASKED_FIRST",
    "chase_page",
    "child_page",
    "desk_page",
    "elsewhere_page",
    "home_page",
    "hosted_page",
    "named",
    "notification_page",
    "notifications_page",
    "pack_page",
    "packs_page",
    "record_link",
    "take_in_page",
]
