"""The bar at the top of every page: (label, url name, the permission that shows it)."""

from harbour.foundation.access.vocabulary import Permission

NAVIGATION: tuple[tuple[str, str, Permission | None], ...] = (
    ("My work", "home:my_work", None),
    ("Find a child", "linkage:find", Permission.PEOPLE_SEARCH),
    ("Front door", "referrals:inbox", Permission.REFERRAL_SCREEN),
    ("Daily meeting", "meetings:daily", Permission.MEETING_ATTEND),
    ("Missing", "missing:board", Permission.MISSING_REPORT),
    ("Figures", "reporting:quarter", Permission.FIGURES_READ),
    ("Oversight", "oversight:ledger", Permission.AUDIT_READ),
    ("People and roles", "staff:people", Permission.USERS_MANAGE),
)
