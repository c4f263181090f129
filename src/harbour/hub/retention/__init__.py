"""How long a child's record is kept, what stops it from going, and how it goes.

Words: the *schedule* is a list of rules, each with its law; of those that apply the longest wins.
A *hold* is stronger than the schedule. A record that is *due* goes only when one person proposes
it and another approves; what remains is a *tombstone*: ids, rule, when, who. Police intelligence
is not disposed of here: it keeps its own review.
"""
