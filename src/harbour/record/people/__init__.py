"""People: who a child is, by every name; where and with whom they live; who is responsible.

Words: a *standing* opens a part of a person's record to an audience (an authority's partnership, an
agency or one person) from one moment until another. The *responsible authority* has legal
responsibility; the *home authority* is where the child comes from; the *host authority* is where
the child is placed.
"""
