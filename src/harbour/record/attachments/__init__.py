"""Files on a child's record, each with the part of the record that its kind belongs to.

Words: a *document* is one file, encrypted under its child's key and seen by whoever sees its part
of the record; a *version* replaces another; what is *removed* leaves who, when and why. Others
call `actions.keep`, `queries.of_child` and `presenters.documents_panel`.
"""
