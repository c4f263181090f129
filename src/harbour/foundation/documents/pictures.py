"""Write a picture anew, so that what its camera knew of place, time and owner stays behind."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from harbour.foundation.documents.vocabulary import FileType

# A picture of 50 million points fills 200 MB of memory when it is opened.
MOST_POINTS = 50_000_000
FORMATS = {FileType.JPEG: "JPEG", FileType.PNG: "PNG"}
# Modes that each format can hold; anything else becomes plain colour.
MODES = {FileType.JPEG: {"L", "RGB"}, FileType.PNG: {"L", "LA", "RGB", "RGBA"}}


class Unusable(Exception):
    """Why a picture is not taken in, as the end of a sentence."""


def rewritten(data: bytes, file_type: FileType) -> bytes:
    """Return the same picture without anything but its points; raise `Unusable` if it cannot be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[FORMATS[file_type]]) as picture:
                _check(picture)
                return _written(ImageOps.exif_transpose(picture), file_type)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as flood:
        raise Unusable("is too large a picture to open safely") from flood
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise Unusable("is damaged and cannot be read as a picture") from broken


def _check(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_POINTS:
        raise Unusable("is too large a picture to open safely")
    if getattr(picture, "n_frames", 1) > 1:
        raise Unusable("is an animation")


def _written(picture: Image.Image, file_type: FileType) -> bytes:
    if picture.mode not in MODES[file_type]:
        keeps_gaps = file_type is FileType.PNG and picture.has_transparency_data
        picture = picture.convert("RGBA" if keeps_gaps else "RGB")
    # A new picture knows nothing but its points: no comment, profile, thumbnail or place.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, format=FORMATS[file_type], quality=90)
    return out.getvalue()
