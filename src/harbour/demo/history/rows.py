"""Rows of every table, collected in memory and written in few statements."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from stdnum.gb import upn

from harbour.demo.partnership import agency_id, user_id
from harbour.foundation.kernel.clock import LONDON

BATCH = 2000
# The principal that wrote down each authority's records.
WRITERS = {
    "county": "records_import",
    "city": "records_import_city",
    "rutland": "records_import_rutland",
}
NHS_RANGE = (999100000, 999899999)


class Rows:
    """Everything that is to be written, in the order in which its tables were first named."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._rows: dict[type[Model], list[Model]] = {}
        self._taken: set[str] = set()

    def add[M: Model](self, row: M) -> M:
        """Keep a row to be written."""
        self._rows.setdefault(type(row), []).append(row)
        return row

    def write(self) -> int:
        """Write every row; return how many there were."""
        for model, rows in self._rows.items():
            model._base_manager.bulk_create(rows, batch_size=BATCH)
        return sum(len(rows) for rows in self._rows.values())

    @property
    def tables(self) -> list[str]:
        """Return the tables that are written."""
        return [model._meta.db_table for model in self._rows]

    def new_id(self) -> UUID:
        """Return the next id: the same one for the same seed."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def stamp(self, authority: str, at: datetime) -> dict[str, Any]:
        """Return what every row says of itself: its id, when it was written down and by whom."""
        writer = user_id(WRITERS.get(authority, "records_import"))
        return {"id": self.new_id(), "recorded_at": at, "recorded_by_id": writer}

    # Invented numbers

    def nhs_number(self) -> str:
        """Return an NHS number of the test range with its check digit."""
        while True:
            body = str(self.chance.randint(*NHS_RANGE))
            check = 11 - sum(int(d) * w for d, w in zip(body, range(10, 1, -1), strict=True)) % 11
            number = f"{body}{check % 11}"
            if check != 10 and self._is_new(number):
                return number

    def upn(self, born_on: date) -> str:
        """Return a pupil number of an authority that does not exist, with its check letter."""
        while True:
            school, year = self.chance.randint(4000, 4099), (born_on.year + 5) % 100
            serial = f"990{school}{year:02d}{self.chance.randint(0, 999):03d}"
            number = f"{upn.calc_check_digit(serial)}{serial}"
            if self._is_new(number):
                return number

    def phone(self) -> str:
        """Return a telephone number kept for drama."""
        return f"07700 900{self.chance.randint(0, 999):03d}"

    def _is_new(self, text: str) -> bool:
        new = text not in self._taken
        self._taken.add(text)
        return new

    # Chances

    def weighted[T](self, weights: dict[T, int]) -> T:
        """Return one of the keys, by weight."""
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def happens(self, percent: float) -> bool:
        """Say whether something happens that happens so often in a hundred."""
        return self.chance.random() * 100 < percent

    def day_between(self, first: date, before: date) -> date:
        """Return a day in a half-open span."""
        return first + timedelta(days=self.chance.randrange(max(1, (before - first).days)))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment by the clocks of England."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)


def authority_id(key: str) -> UUID:
    """Return the id of an authority of the demo."""
    return agency_id(key)
