"""Read notifications, what is due from whom, the pack, and children placed across a border."""

from harbour.work.hosting.queries.desk import HomeDesk, Living, home_desk
from harbour.work.hosting.queries.due import Due, due, find_due
from harbour.work.hosting.queries.hosted import (
    Across,
    HostingFile,
    arrangement,
    consultation,
    elsewhere,
    file_of,
    flag,
    hosted,
    is_across,
)
from harbour.work.hosting.queries.notifications import (
    contents,
    lacks,
    notification,
    notifications,
    sent_by_home,
)
from harbour.work.hosting.queries.packs import (
    latest_pack,
    own_pack,
    pack,
    packs,
    receivers,
    sent,
    sent_of,
)

__all__ = [
    "Across",
    "Due",
    "HomeDesk",
    "HostingFile",
    "Living",
    "arrangement",
    "consultation",
    "contents",
    "due",
    "elsewhere",
    "file_of",
    "find_due",
    "flag",
    "home_desk",
    "hosted",
    "is_across",
    "lacks",
    "latest_pack",
    "notification",
    "notifications",
    "own_pack",
    "pack",
    "packs",
    "receivers",
    "sent",
    "sent_by_home",
    "sent_of",
]
