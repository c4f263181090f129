"""How Harbour looks and answers: page frame, forms, components, listings, forms sent only once.

Nothing here knows what a child is. A screen hands over frozen values (`components`) and the name of
a template (`pages.page`); the pattern is GOV.UK's without its brand. Words: a *component* is a
value that knows how to be shown; the *frame* is what stands around every page; a *listing* is one
page of a sorted list; a *submission* is a form that was sent once and answered once.
"""
