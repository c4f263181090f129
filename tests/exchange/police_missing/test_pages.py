"""The pages of the extract: columns are named once with the rows in sight; refused rows leave."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from harbour.exchange.police_missing import command
from harbour.exchange.police_missing.models import ColumnMapping, ExtractRun
from harbour.exchange.police_missing.rules import columns
from harbour.foundation.access.models import User
from harbour.foundation.audit.models import Entry
from tests.conftest import role
from tests.exchange.police_missing import samples

NOT_KNOWN = "No child with this name and date of birth is known here"


def hidden(page: str, name: str) -> str:
    """Return what a hidden field of a page holds."""
    after = page.partition(f'name="{name}"')[2]
    return after.partition('value="')[2].partition('"')[0]


@pytest.fixture
def said(cast: SimpleNamespace, client_for: Callable[[User], Client]) -> Client:
    """Name the columns as the coordinator does, through the pages."""
    browser = client_for(cast.coordinator)
    address = reverse("police_missing:columns")
    extract = SimpleUploadedFile("extract.csv", samples.as_csv(samples.rows({})))
    shown = browser.post(address, {"authority": str(cast.county.pk), "extract": extract})
    page = shown.content.decode()
    assert "Amara" in page
    assert all(f'value="{name}" selected' in page for name in samples.HEADING)
    forged = browser.post(address, {"layout": "x", "reference": "MISPER Ref"})
    assert forged.status_code == 404
    layout = hidden(page, "layout")
    blank = browser.post(address, {"layout": layout})
    assert "Say which column holds" in blank.content.decode()
    done = browser.post(address, {"layout": layout, **columns.guessed(samples.HEADING)})
    assert done.status_code == 302
    return browser


def test_columns_are_named_with_the_rows_in_sight(cast: SimpleNamespace, said: Client) -> None:
    with role("harbour_sec_owner"):
        mapping = ColumnMapping.objects.get()
        assert (mapping.number, mapping.recorded_by_id) == (1, cast.coordinator.pk)
        assert mapping.fields["reference"] == "MISPER Ref"
        assert "Amara" not in str(mapping.fields) + str(mapping.columns)
    assert cast.coordinator.name in said.get(reverse("police_missing:runs")).content.decode()


def test_a_run_shows_each_row_and_its_refused_rows_leave_once_logged(
    cast: SimpleNamespace,
    said: Client,
    client_for: Callable[[User], Client],
    tmp_path: Path,
) -> None:
    path = tmp_path / "march.csv"
    path.write_bytes(samples.as_csv(samples.rows({"Surname": "=1+1"}, {"MISPER Ref": ""})))
    assert command.run([str(path), "--authority", cast.county.name]) == 1
    with role("harbour_sec_owner"):
        found = ExtractRun.objects.get()

    page = said.get(reverse("police_missing:run", args=(found.pk,))).content.decode()
    narrowed = said.get(
        reverse("police_missing:run", args=(found.pk,)), {"problem": NOT_KNOWN}
    ).content.decode()
    file = said.post(reverse("police_missing:refused", args=(found.pk,)))

    assert "Nothing came in" not in page
    assert page.count(NOT_KNOWN) > narrowed.count("The cell is blank")
    assert "1 finding" in narrowed
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "'=1+1" in lines[1] + lines[2]
    with role("harbour_sec_owner"):
        entry = Entry.objects.get(event="police_missing.refused_rows_taken")
        assert (entry.actor_id, entry.results) == (cast.coordinator.pk, 2)
    nurse = client_for(cast.nurse)
    assert nurse.get(reverse("police_missing:run", args=(found.pk,))).status_code == 403
    manager = client_for(cast.city_front_door)
    assert manager.get(reverse("police_missing:runs")).status_code == 403
