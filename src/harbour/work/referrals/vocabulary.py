"""Sources, concern types and decisions of a referral."""

from django.db.models import TextChoices


class Source(TextChoices):
    """Who made it: the source codes of the children-in-need census."""

    FAMILY = "1A", "Family member, relative or carer"
    ACQUAINTANCE = "1B", "Acquaintance"
    SELF = "1C", "The child"
    OTHER_INDIVIDUAL = "1D", "Other individual"
    SCHOOL = "2A", "School"
    EDUCATION = "2B", "Education services"
    GP = "3A", "GP"
    HEALTH_VISITOR = "3B", "Health visitor"
    SCHOOL_NURSE = "3C", "School nurse"
    PRIMARY_HEALTH = "3D", "Other primary health"
    EMERGENCY = "3E", "Accident and emergency"
    OTHER_HEALTH = "3F", "Other health"
    HOUSING = "4", "Housing"
    SOCIAL_CARE = "5A", "Local authority social care"
    AUTHORITY_OTHER = "5B", "Local authority, other internal"
    OTHER_AUTHORITY = "5C", "Other local authority"
    EARLY_HELP = "5D", "Local authority early help"
    POLICE = "6", "Police"
    OTHER_LEGAL = "7", "Other legal agency"
    OTHER = "8", "Other, including voluntary"
    ANONYMOUS = "9", "Anonymous"
    UNKNOWN = "10", "Not known"


# The public form asks what a person is to the child, in these words; "work" is asked about further.
PUBLIC_RELATIONS: tuple[tuple[str, str], ...] = (
    (Source.SELF, "I am the child or young person"),
    (Source.FAMILY, "I am a parent, carer or someone in the family"),
    (Source.ACQUAINTANCE, "I am a friend or a neighbour"),
    ("work", "I work or volunteer with children, or came across this in my work"),
    (Source.OTHER_INDIVIDUAL, "Somebody else"),
    (Source.ANONYMOUS, "I would rather not say"),
)
PUBLIC_SERVICES: tuple[tuple[str, str], ...] = (
    (Source.SCHOOL, "School or college"),
    (Source.EDUCATION, "Another education service"),
    (Source.GP, "GP surgery"),
    (Source.EMERGENCY, "Accident and emergency"),
    (Source.SCHOOL_NURSE, "School nursing"),
    (Source.HEALTH_VISITOR, "Health visiting"),
    (Source.PRIMARY_HEALTH, "Another community health service"),
    (Source.OTHER_HEALTH, "A hospital or another health service"),
    (Source.HOUSING, "Housing"),
    (Source.POLICE, "Police"),
    (Source.OTHER_LEGAL, "Court, probation or another legal agency"),
    (Source.AUTHORITY_OTHER, "A council service"),
    (Source.OTHER, "A charity, a club, a shop, transport or anything else"),
)


class LocalSource(TextChoices):
    """The local sub-source: services that the census folds into others and committees ask about."""

    NONE = "", "None"
    YOUTH_OFFENDING = "yos", "Youth Offending Service"
    EDUCATION = "education", "Education"
    CHILDRENS_HOME = "home", "Children's home"
    VOLUNTARY = "voluntary", "Voluntary body"


class Concern(TextChoices):
    """What the concern is about; one referral may name several."""

    SEXUAL_EXPLOITATION = "cse", "Child sexual exploitation"
    CRIMINAL_EXPLOITATION = "cce", "Child criminal exploitation"
    COUNTY_LINES = "county_lines", "County lines"
    TRAFFICKING = "trafficking", "Trafficking or modern slavery"
    MISSING = "missing", "Going missing"
    ONLINE = "online", "Online harm"
    PEER = "peer", "Peer-on-peer abuse"
    YOUTH_VIOLENCE = "youth_violence", "Serious youth violence"


# The same concerns in the words of the public form.
PLAIN_CONCERNS: tuple[tuple[str, str, str], ...] = (
    (
        Concern.SEXUAL_EXPLOITATION,
        "Somebody is using the child sexually",
        "Gifts, lifts, threats or attention in return. It is abuse, whatever the child calls it",
    ),
    (
        Concern.CRIMINAL_EXPLOITATION,
        "Somebody is making the child do crimes",
        "Holding or moving drugs, money or weapons, or stealing, for somebody else",
    ),
    (
        Concern.COUNTY_LINES,
        "The child is sent to other towns to sell or carry drugs",
        "Often called county lines",
    ),
    (
        Concern.TRAFFICKING,
        "The child is moved about or made to work",
        "Taken from place to place by others, kept, or working to pay off a debt",
    ),
    (Concern.MISSING, "The child goes missing", "From home, from care or from school"),
    (Concern.ONLINE, "Something online", "Messages, pictures, threats or strangers"),
    (Concern.PEER, "Other children or young people are hurting the child", ""),
    (Concern.YOUTH_VIOLENCE, "Serious violence", "Weapons, threats, fights between groups"),
)


class Told(TextChoices):
    """Whether the parents know that the concern is being passed on."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "I do not know"


class Channel(TextChoices):
    """How it came."""

    PUBLIC_FORM = "public", "Public form"
    STAFF_FORM = "staff", "Form for staff"
    PHONE = "phone", "Phone call"
    RECORDS = "records", "From earlier records"


class Status(TextChoices):
    """Where it stands."""

    NEW = "new", "To be screened"
    SCREENED = "screened", "Screened"


class Decision(TextChoices):
    """What screening decided."""

    ADVICE = "advice", "Advice given"
    NO_FURTHER_ACTION = "nfa", "No further action, kept in watch"
    EARLY_HELP = "early_help", "Early help"
    EXISTING_WORKER = "existing_worker", "To the worker the child already has"
    DAILY_MEETING = "daily_meeting", "To the daily meeting"


class WatchKind(TextChoices):
    """What a watch looks at."""

    CHILD = "child", "the same child"
    PLACE = "place", "the same address"
    PHONE = "phone", "the same phone number"
    GROUP = "group", "the same group"
