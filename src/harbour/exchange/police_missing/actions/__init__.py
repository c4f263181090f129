"""Say what columns mean, and bring an extract in: whole, in one transaction."""

from harbour.exchange.police_missing.actions.mappings import say_columns
from harbour.exchange.police_missing.actions.runs import Extract, Told, bring_in, record_taken

__all__ = ("Extract", "Told", "bring_in", "record_taken", "say_columns")
