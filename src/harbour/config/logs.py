"""The process's own log: one JSON object a line, with nothing in it that a person wrote.

What a fault says of itself may quote a row, so its words stay out: its kind and the places in the
source stand for it, and the request's id leads to the ledger.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import override

# What a logging call may hand over beside its text: names of pages and of fields, never contents.
FACTS = ("request_id", "page", "fields", "status_code", "directive", "blocked")
DEEPEST = 12


class Lines(logging.Formatter):
    """Write a record as one line of JSON."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Return when, how grave, from where and what, and the request's id where there is one."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "what": record.getMessage(),
        }
        request = getattr(record, "request", None)
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        asked = getattr(request, "request_id", "")
        if asked and "request_id" not in line:
            line["request_id"] = asked
        if record.exc_info and record.exc_info[0] is not None:
            kind, _said, places = record.exc_info
            line["fault"] = f"{kind.__module__}.{kind.__qualname__}"
            frames = traceback.extract_tb(places)[-DEEPEST:]
            line["places"] = [f"{each.filename}:{each.lineno} {each.name}" for each in frames]
        return json.dumps(line, ensure_ascii=True, default=str)
