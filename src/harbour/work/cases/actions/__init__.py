"""Write: the only writers of gradings, allocations, plans, stages, models, words and notes."""

from harbour.work.cases.actions.allocations import (
    Offer,
    acknowledge,
    decline,
    end_allocation,
    offer_allocation,
)
from harbour.work.cases.actions.gradings import Decision, record_grading
from harbour.work.cases.actions.work import (
    Planned,
    add_note,
    add_plan_action,
    change_plan_action,
    complete_plan_action,
    end_model,
    enter_stage,
    record_child_voice,
    reopen_plan_action,
    tag_model,
)
from harbour.work.cases.queries import Dissent

__all__ = [
    "Decision",
    "Dissent",
    "Offer",
    "Planned",
    "acknowledge",
    "add_note",
    "add_plan_action",
    "change_plan_action",
    "complete_plan_action",
    "decline",
    "end_allocation",
    "end_model",
    "enter_stage",
    "offer_allocation",
    "record_child_voice",
    "record_grading",
    "reopen_plan_action",
    "tag_model",
]
