"""Pages about a person, and the question why a record is opened."""
