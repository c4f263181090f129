"""Returns and imports: what an authority hands out about missing children, and what it took in.

Three files are made from the record as the reader sees it: the missing table of the SSDA903
return, `ssd_missing` of the Standard Safeguarding Dataset, and list 8 of Annex A. Each is a
disclosure in the ledger, with every child and a reason. The room keeps nothing of its own.
"""
