"""Words of the home room."""

from enum import StrEnum


class TaskKind(StrEnum):
    """What is to be done."""

    MISSING = "missing"
    HANDED = "handed"
    TURNED_18 = "turned_18"
    INTERVIEW_OFFER = "interview_offer"
    INTERVIEW_HOLD = "interview_hold"
    SCREEN = "screen"
    ANSWER = "answer"
    CHASE = "chase"
    ACTION = "action"
    MEETING_START = "meeting_start"
    MEETING_DECIDE = "meeting_decide"
    MEETING_VIEW = "meeting_view"
    REVIEW = "review"
    REQUEST = "request"
    DECLINED = "declined"
    AGREEMENT = "agreement"
    GLASS_BROKEN = "glass_broken"
    GLASS_OPEN = "glass_open"
    SECOND_PERSON = "second_person"
    ACCESS = "access"
    DISPOSAL = "disposal"
    BREADTH = "breadth"
    HAND_OVER = "hand_over"
    NOTIFIED = "notified"
    INTERVIEW_REVIEW = "interview_review"
    INTERVIEW_RETURNED = "interview_returned"
    TOLD = "told"
    NAMED = "named"
    REPEATS = "repeats"
    DISCUSSION = "discussion"
    INVITED = "invited"
    DECIDED = "decided"


class Urgency(StrEnum):
    """When a task must be done, in the words of the page."""

    NOW = "Now"
    TODAY = "Today"
    THIS_WEEK = "This week"
    LATER = "Later"


class ChangeKind(StrEnum):
    """What happened since the reader last looked."""

    MISSING = "missing"
    RETURNED = "returned"
    DECIDED = "decided"
    RESURFACED = "resurfaced"
    SHARED = "shared"
