"""Read who the demo's sign-in page offers."""

from harbour.foundation.access.models import Holding, User
from harbour.foundation.access.roles import ROLES

DEMO_DOMAIN = "harbour-demo.example.org"


def demo_cast() -> list[User]:
    """Return the invented people of the demo in the order of their roles; empty anywhere else."""
    order = {each.code: place for place, each in enumerate(ROLES)}
    places = dict(Holding.objects.values_list("user_id", "role"))
    people = User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_system=False, is_active=True)
    return sorted(people, key=lambda each: (order.get(places.get(each.pk, ""), 99), each.name))
