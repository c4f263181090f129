"""After a return: what a child said is reviewed, told on to those who need it, and looked into.

The interview itself is kept by the missing room. Here are the additions to it, its quality review
by a second person, what was told on to which team, and the places and people that were named:
proposals for the analyst, never facts by themselves. Others may call `queries`, `actions`, `policy`
and `vocabulary`.
"""
