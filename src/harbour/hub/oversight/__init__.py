"""Who looked at what, and why: the records and audit officer's desk."""
