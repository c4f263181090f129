"""The bar at the top of every page: label and url name.

A place is shown to whom its view admits: the view's own rule decides, nothing here.
"""

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("My work", "home:my_work"),
    ("Find a child", "linkage:find"),
    ("Front door", "referrals:inbox"),
    ("Daily meeting", "meetings:daily"),
    ("Missing", "missing:board"),
    ("Homes", "providers:homes"),
    ("Between agencies", "sharing:home"),
    ("Figures", "reporting:quarter"),
    ("Oversight", "oversight:desk"),
    ("People and roles", "staff:people"),
    ("Retention", "retention:desk"),
    ("Subject access", "subject_access:desk"),
    ("Witnesses", "witnesses:list"),
)
