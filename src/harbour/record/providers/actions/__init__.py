"""Place children, keep the register of homes, keep the directory."""

from harbour.record.providers.actions.contacts import (
    Reached,
    add_contact,
    confirm_contact,
    end_contact,
)
from harbour.record.providers.actions.homes import (
    Registration,
    change_home,
    keep_adjoining,
    open_home,
    register_home,
)
from harbour.record.providers.actions.placements import (
    HOME_FACETS,
    Lives,
    Placing,
    end_placement,
    move_child,
    place_child,
)

__all__ = [
    "HOME_FACETS",
    "Lives",
    "Placing",
    "Reached",
    "Registration",
    "add_contact",
    "change_home",
    "confirm_contact",
    "end_contact",
    "end_placement",
    "keep_adjoining",
    "move_child",
    "open_home",
    "place_child",
    "register_home",
]
