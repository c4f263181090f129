"""Lines, groups and how people and places hang together. The register of county lines stands here.

Words: a *county line* is a dedicated phone line by which drugs are ordered and moved between
areas. A line is *active or recently active* if it was active within the six months before a day.
"""
