"""Two people: what one proposes and another carries out.

A deed that one person must not do alone is proposed with its reason, bound to exactly what would be
done (a hash over its payload), and open for a day. Somebody else with the right, who sees the
subject, approves it, and the deed is done in that very transaction; or refuses it. The proposer is
never the approver, and the database holds all of it (policies.sql).

A room registers its deeds in `apps.ready()` with `rules.register`; others call `actions.propose`.
A deed without `carry_out` is a permission that its proposer uses once, with `actions.use`.
Policies of other rooms ask `harbour_sec.carrying_out(code, payload)`.
"""
