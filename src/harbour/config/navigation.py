"""The places of the hub: label, url name and what is done there, the most used first.

A place is shown to whom its view admits: the view's own rule decides, nothing here. The bar at the
top of every page holds the first ones; what does not fit stands on a page of its own.
"""

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("My work", "home:my_work", "What is yours and when it is due."),
    ("Find a child", "linkage:find", "Search for a child, or register a new one."),
    ("Front door", "referrals:inbox", "Concerns and referrals that wait to be screened."),
    ("Daily meeting", "meetings:daily", "The agenda, the agencies' views and the decisions."),
    ("Missing", "missing:board", "Children who are missing and interviews that are due."),
    ("My home", "hosting:my_home", "Your children tonight, and what waits for your home."),
    ("Placed here", "hosting:desk", "Children placed across a border, and what to chase."),
    ("Homes", "providers:homes", "Children's homes and who lives there."),
    (
        "Strategy discussions",
        "discussions:desk",
        "What repeats ask for, and the discussions that are open.",
    ),
    ("Places and people named", "returns:named", "What children name, for the analyst to judge."),
    (
        "Missing together",
        "returns:together",
        "Children who go missing together, and places that keep returning.",
    ),
    ("Figures", "reporting:quarter", "The quarter's figures, each with its definition."),
    (
        "Returns and imports",
        "statutory_returns:desk",
        "What police and case systems sent, and files about missing children to hand out.",
    ),
    (
        "Between agencies",
        "sharing:home",
        "What was shared, asked for and declined, and the agreements.",
    ),
    ("Oversight", "oversight:desk", "Who looked, what waits for a second person, the ledger."),
    ("People and roles", "staff:people", "Who works here, in which team and with which role."),
    ("Retention", "retention:desk", "How long records are kept, holds and disposals."),
    ("Subject access", "subject_access:desk", "Requests to see what is held about a child."),
    ("Witnesses", "witnesses:list", "Agencies that receive the ledger's signed roots."),
)
