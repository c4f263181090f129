"""The register, the directory, and where a child lives, as pages show them."""

from harbour.record.providers.presenters.contacts import (
    AreasPage,
    DirectoryPage,
    areas_page,
    contacts_table,
    directory_page,
)
from harbour.record.providers.presenters.files import register_csv
from harbour.record.providers.presenters.homes import (
    AtHome,
    FormPage,
    HomePage,
    HomesPage,
    home_page,
    homes_page,
)
from harbour.record.providers.presenters.placements import (
    authorities_of,
    distance_tag,
    place_words,
    placement_card,
    present_place,
)

__all__ = [
    "AreasPage",
    "AtHome",
    "DirectoryPage",
    "FormPage",
    "HomePage",
    "HomesPage",
    "areas_page",
    "authorities_of",
    "contacts_table",
    "directory_page",
    "distance_tag",
    "home_page",
    "homes_page",
    "place_words",
    "placement_card",
    "present_place",
    "register_csv",
]
