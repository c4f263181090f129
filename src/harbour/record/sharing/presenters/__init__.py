"""Sharing as pages show it."""

from harbour.record.sharing.presenters.panel import SharingPanel, sharing_panel
from harbour.record.sharing.presenters.words import FACETS, facets_text

__all__ = ["FACETS", "SharingPanel", "facets_text", "sharing_panel"]
