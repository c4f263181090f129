"""What is so about addresses: when two are the same, and which postcodes are doubted."""

import re
import unicodedata

# The form of a UK postcode (Royal Mail, Programmers' Guide): district, then sector and unit.
OUTWARD = re.compile(
    r"(GIR|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW]))"
)
INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
# Words that people write long or short.
ABBREVIATIONS = {
    "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl", "drive": "dr",
    "court": "ct", "crescent": "cres", "gardens": "gdns", "terrace": "ter", "square": "sq",
    "place": "pl", "saint": "st", "flat": "flat", "apartment": "flat", "apt": "flat",
}  # fmt: skip


def postcode_key(text: str) -> str:
    """Return a postcode without spaces, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def postcode_flag(text: str) -> str:
    """Return why a postcode is doubted, or nothing. The first half alone is an area, no mistake."""
    key = postcode_key(text)
    if not key or OUTWARD.fullmatch(key):
        return ""
    if OUTWARD.fullmatch(key[:-3]) and INWARD.fullmatch(key[-3:]):
        return ""
    return "This does not have the form of a UK postcode."


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(each if each.isalnum() else " " for each in plain if each not in "'\u2019.")
    return [ABBREVIATIONS.get(word, word) for word in letters.split()]


def match_key(*, name: str = "", street: str = "", locality: str = "", postcode: str = "") -> str:
    """Return what two spellings of one address share; empty where there is too little to tell.

    The locality only counts where there is no postcode: people name a village or its town.
    """
    line = _words(street) or _words(name)
    if not line:
        return ""
    code = postcode_key(postcode)
    area = code if code and not postcode_flag(postcode) else " ".join(_words(locality))
    return f"{' '.join(line)}|{area}" if area else ""
