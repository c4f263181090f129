"""The agencies of the partnership, their teams, and the authorities a team works for.

Words: an *agency* is a body with its own duties (a council, a force, a trust, a school, a home).
An *authority* is an agency that is a local authority. A *team* belongs to one agency. A *remit*
is an authority whose children a team works for, with dates.
"""
