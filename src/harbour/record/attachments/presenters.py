"""Documents as pages show them."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from harbour.foundation.access.reader import Reader
from harbour.foundation.documents.vocabulary import FileType, Scan
from harbour.foundation.kernel import clock
from harbour.foundation.ui import components as ui
from harbour.foundation.ui.when import moment
from harbour.record.attachments import policy, queries
from harbour.record.attachments.models import Attachment
from harbour.record.attachments.vocabulary import Kind


@dataclass(frozen=True, kw_only=True)
class DocumentsPanel:
    """The documents on a child's record, and a button for one who may add to them."""

    add: ui.Button | None
    documents: ui.Table
    removed: ui.Table | None


def documents_panel(reader: Reader, person_id: UUID) -> DocumentsPanel:
    """Return the documents part of a child's page; the page that shows it wrote the look."""
    rows = queries.of_child(reader, person_id)
    current = [each for each in rows if is_current(each)]
    removed = [each for each in rows if each.removed_at is not None]
    may_add = bool(policy.writable_parts(reader, person_id))
    address = reverse("attachments:add", args=[person_id])
    return DocumentsPanel(
        add=ui.Button("Add a document", address) if may_add else None,
        documents=_table(current),
        removed=_removed(removed) if removed else None,
    )


def is_current(row: Attachment) -> bool:
    """Say whether a document is neither removed nor replaced by one that the reader sees."""
    newer = getattr(row, "replaced_by", None)
    return row.removed_at is None and (newer is None or newer.removed_at is not None)


def _table(rows: list[Attachment]) -> ui.Table:
    return ui.Table(
        caption="Documents",
        columns=(ui.Column("Document"), ui.Column("Added"), ui.Column("File")),
        rows=tuple(
            (
                ui.Link(
                    Kind(each.kind).label,
                    reverse("attachments:file", args=[each.pk]),
                    about=f"of {moment(each.recorded_at)}",
                ),
                ui.Lines((moment(each.recorded_at), each.recorded_by.name)),
                ui.Lines((f"{FileType(each.file_type).label}, {size(each.size)}", scan(each))),
            )
            for each in rows
        ),
        empty="No document is on this record, or none that you may see.",
        noun=("document", "documents"),
    )


def _removed(rows: list[Attachment]) -> ui.Table:
    return ui.Table(
        caption="Removed",
        columns=(ui.Column("Document"), ui.Column("Removed"), ui.Column("Why")),
        rows=tuple(
            (
                Kind(each.kind).label,
                ui.Lines((moment(each.removed_at), each.removed_by.name)),
                each.removed_reason,
            )
            for each in rows
            if each.removed_at is not None and each.removed_by is not None
        ),
        empty="Nothing was removed.",
        noun=("document", "documents"),
    )


def size(number: int) -> str:
    """Return a size as people say it."""
    if number < 1024:
        return f"{number} bytes"
    if number < 1024 * 1024:
        return f"{number // 1024} KB"
    return f"{number / 1024 / 1024:.1f} MB"


def scan(row: Attachment) -> ui.Content:
    """Return what is known of viruses: a tag where nobody looked, for that has to be seen."""
    if row.scan == Scan.NOT_SCANNED:
        return ui.Tag("Not scanned for viruses", ui.Colour.YELLOW)
    return Scan.CLEAN.label


@dataclass(frozen=True, kw_only=True)
class FilePage:
    """One document: everything but its content."""

    back: str
    heading: str
    about: str
    facts: ui.SummaryList
    earlier: ui.Table | None
    warning: ui.Warning | None
    buttons: ui.Buttons | None


def file_page(reader: Reader, row: Attachment, *, child_name: str) -> FilePage:
    """Return one document with its versions and what may be done with it."""
    open_to_change = policy.can_replace(reader, row)
    earlier = queries.versions(reader, row)
    return FilePage(
        back=reverse("cases:documents", args=[row.person_id]),
        heading=Kind(row.kind).label,
        about=child_name,
        facts=_facts(row),
        earlier=_earlier(earlier) if earlier else None,
        warning=ui.Warning(
            "No virus scanner is set up here, so nobody has checked this file. Open it only on a "
            "computer that checks files itself."
        )
        if row.scan == Scan.NOT_SCANNED and row.removed_at is None
        else None,
        buttons=_buttons(row, open_to_change=open_to_change),
    )


def _facts(row: Attachment) -> ui.SummaryList:
    rows = [
        ui.Row("File name", queries.name_of(row) or "Erased"),
        ui.Row("Type and size", f"{FileType(row.file_type).label}, {size(row.size)}"),
        ui.Row("Viruses", Scan(row.scan).label),
        ui.Row("Added", f"{moment(row.recorded_at)}, {row.recorded_by.name}"),
        ui.Row("Part of the record", row.get_facet_display().capitalize()),
        ui.Row("Fingerprint (SHA-256)", row.sha256),
    ]
    if row.removed_at is not None and row.removed_by is not None:
        rows.append(ui.Row("Removed", f"{moment(row.removed_at)}, {row.removed_by.name}"))
        rows.append(ui.Row("Why", row.removed_reason))
    newer = getattr(row, "replaced_by", None)
    if newer is not None:
        address = reverse("attachments:file", args=[newer.pk])
        rows.append(ui.Row("Newer version", ui.Link(moment(newer.recorded_at), address)))
    return ui.SummaryList(tuple(rows))


def _buttons(row: Attachment, *, open_to_change: bool) -> ui.Buttons | None:
    if row.removed_at is not None:
        return None
    buttons: list[ui.Button | ui.Link] = [
        ui.Button("Download", reverse("attachments:download", args=[row.pk]))
    ]
    if open_to_change:
        replace = reverse("attachments:replace", args=[row.pk])
        buttons.append(ui.Button("Replace by a new version", replace, kind="secondary"))
        buttons.append(ui.Link("Remove", reverse("attachments:remove", args=[row.pk])))
    return ui.Buttons(tuple(buttons))


def _earlier(rows: list[Attachment]) -> ui.Table:
    return ui.Table(
        caption="Earlier versions",
        columns=(ui.Column("Added"), ui.Column("By"), ui.Column("File")),
        rows=tuple(
            (
                ui.Link(moment(each.recorded_at), reverse("attachments:file", args=[each.pk])),
                each.recorded_by.name,
                f"{FileType(each.file_type).label}, {size(each.size)}",
            )
            for each in rows
        ),
        empty="This is the first version.",
        noun=("version", "versions"),
    )


def download_name(row: Attachment) -> str:
    """Return what a downloaded file is called: what it is and when, and nobody's name."""
    day = clock.london_date(row.recorded_at)
    return f"{row.kind}-{day:%Y-%m-%d}.{FileType(row.file_type).extension}"
