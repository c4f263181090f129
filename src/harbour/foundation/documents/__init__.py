"""Documents: what the hub makes, and what is sent to it.

A PDF it makes has headings, language and marking, and carries personal data as values, never as
markup (`pdf`). A file that is sent is judged by its bytes, cleaned and scanned before anything is
kept of it (`intake`, `uploads`, `clamd`), and kept encrypted under its person's key (`keys`).
"""
