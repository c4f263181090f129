"""The bar at the top of every page: (label, url name, the permission that shows it)."""

from harbour.foundation.access.vocabulary import Permission as P

NAVIGATION: tuple[tuple[str, str, P | None], ...] = (
    ("My work", "home:my_work", None),
    ("Find a child", "linkage:find", P.PEOPLE_SEARCH),
    ("Front door", "referrals:inbox", P.REFERRAL_SCREEN),
    ("Daily meeting", "meetings:daily", P.MEETING_ATTEND),
    ("Missing", "missing:board", P.MISSING_REPORT),
    ("Figures", "reporting:quarter", P.FIGURES_READ),
    ("Oversight", "oversight:ledger", P.AUDIT_READ),
    ("People and roles", "staff:people", P.USERS_MANAGE),
)
