"""Who a person is, what roles they hold in which team and until when.

And the context the database trusts.

Words: a *holding* is a role held by a person in a team, with dates. A *facet* is a part of a
child's record (identity, referral, missing ...). An *audience* is a set of readers a child's record
is open to: an authority's partnership, an agency, or one person. A *reader* is a person in one
request or job.
"""
