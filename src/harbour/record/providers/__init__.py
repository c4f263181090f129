"""Children's homes and other providers, and who is placed where.

Words: a *placement* follows the SSDA903 return (codes K2 children's home, U1-U6 foster ...). A
*host authority* is the authority in whose area a child is placed.
"""
