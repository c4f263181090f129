"""Every moment has a person: `x_at` and `x_by` are both there or both empty."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import DateTimeField, Model

from tests.architecture.house import models

# A moment whose person stands elsewhere in the row, or that is nobody's deed. Kept by room and table.
WITHOUT_A_PERSON = {
