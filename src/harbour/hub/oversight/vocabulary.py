"""The words of the oversight desk."""

EXPORT_NAMES = "oversight.export_names"
