"""What is decided about a child and done for them, from first disclosure to recovery.

Words: *harm status* (none known, suspected, confirmed; current or past) is kept apart from the
*risk grade* (high, medium, low by default). An *allocation* is offered and acknowledged or
declined: one not acknowledged is no allocation. The *plan* is owned, dated actions. A *stage* runs
from disclosure through investigation and judicial process to recovery. The *chronology* is
everything that the reader may see of the child, in order.
"""
