"""Words of the documents room."""

from django.db.models import TextChoices


class FileType(TextChoices):
    """The types of file that are taken in; every other is refused."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG picture"
    PNG = "image/png", "PNG picture"
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document",
    )
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook"
    TEXT = "text/plain", "Plain text"

    @property
    def extension(self) -> str:
        """Return how a file of this type ends, without the dot."""
        return _EXTENSIONS[self.value]


_EXTENSIONS = {
    FileType.PDF.value: "pdf",
    FileType.JPEG.value: "jpg",
    FileType.PNG.value: "png",
    FileType.DOCX.value: "docx",
    FileType.XLSX.value: "xlsx",
    FileType.TEXT.value: "txt",
}


class Scan(TextChoices):
    """What is known of viruses in a file."""

    CLEAN = "clean", "Scanned, nothing found"
    NOT_SCANNED = "not_scanned", "Not scanned"
