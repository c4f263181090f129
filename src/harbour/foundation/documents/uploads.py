"""Take a sent file into memory and nowhere else; of one that is too large, keep only its size."""

from io import BytesIO
from typing import Any, override

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 10 * 1024 * 1024
LARGEST_SAID = "10 MB"


class InMemory(FileUploadHandler):
    """Hold a file in memory up to the largest size; what goes beyond is not held."""

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold a piece, unless the file has grown too large: then let go of it all."""
        if start + len(raw_data) > LARGEST:
            self.held = BytesIO()
        else:
            self.held.write(raw_data)

    @override
    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give the file as it is held, with the size that was sent."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
