"""Children placed across a border: what must be told, by whom, and what to chase.

Words: a *notification* tells the authority of an area that a child arrived in a placement there or
left it (regulation 41 of the Children's Homes (England) Regulations 2015 by the home, regulation 13
of the Care Planning, Placement and Case Review (England) Regulations 2010 by the placing
authority). A child is *hosted* where she or he is placed, *elsewhere* for the responsible
authority. A *chase* is one time that somebody was asked for what is missing. The *pack* is what the
partnership gives every provider. What the home authority *told* of a child keeps who and when.
"""
