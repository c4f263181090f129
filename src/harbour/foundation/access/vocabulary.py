"""What a person may do, and which parts of a child's record there are."""

from enum import StrEnum


class Facet(StrEnum):
    """A part of a child's record that is opened or kept closed as one."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PLACEMENT = "placement"
    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    CASE = "case"
    MISSING = "missing"
    MEETING = "meeting"
    SHARING = "sharing"


class Reach(StrEnum):
    """How far a role sees.

    The children of the authorities in the team's remit, or only what was shared.
    """

    AUTHORITY = "authority"
    AGENCY = "agency"


class Permission(StrEnum):
    """A verb a role may have. What the state allows is asked separately."""

    PEOPLE_SEARCH = "people.search"
    PEOPLE_REGISTER = "people.register"
    PEOPLE_EDIT = "people.edit"
    REFERRAL_RECORD = "referral.record"
    REFERRAL_SCREEN = "referral.screen"
    ASSESSMENT_COMPLETE = "assessment.complete"
    GRADING_DECIDE = "grading.decide"
    MEETING_ATTEND = "meeting.attend"
    MEETING_CHAIR = "meeting.chair"
    ALLOCATION_OFFER = "allocation.offer"
    ALLOCATION_ANSWER = "allocation.answer"
    PLAN_EDIT = "plan.edit"
    MISSING_REPORT = "missing.report"
    MISSING_RETURN = "missing.return"
    INTERVIEW_OFFER = "interview.offer"
    INTERVIEW_HOLD = "interview.hold"
    INTERVIEW_REVIEW = "interview.review"
    NAMED_JUDGE = "named.judge"
    PLACEMENT_NOTIFY = "placement.notify"
    HOSTING = "hosting.keep"
    PROVIDER_DESK = "provider.desk"
    DISCUSSION_ASK = "discussion.ask"
    DISCUSSION_RUN = "discussion.run"
    SHARE = "share"
    DOCUMENT_KEEP = "document.keep"
    RETENTION = "retention"
    SUBJECT_ACCESS = "subject_access"
    RESTRICT = "restrict"
    SHARE_ASK = "share.ask"
    AGREEMENT_KEEP = "agreement.keep"
    BREAK_GLASS = "emergency.open"
    EMERGENCY_REVIEW = "emergency.review"
    FIGURES_READ = "figures.read"
    FIGURES_EXACT = "figures.exact"
    AUDIT_READ = "audit.read"
    USERS_MANAGE = "users.manage"
    USERS_APPROVE = "users.approve"
    APPROVE = "approve"
    WITNESSES_MANAGE = "witnesses.manage"
    IMPORT = "import"
    RETURNS = "returns"
    REFERRAL_SEND = "referral.send"
