"""Restricting a child's record, or a part or a single row of it, to named people.

Words: a *restriction* closes parts of a record to all but those *named* in it; its *owner* is named
always, answers for it and is told silently whenever somebody else looked for the record: a
*lookout*. A single address or telephone number is *sealed*. Lifting takes two people.

For everybody who is not named a record that is restricted whole is absent: from search, lists,
counts, figures, messages and errors. The database sees to that: `harbour_sec.hidden_people(part)`
says whose part is closed to the reader, and every function that reads past the policies asks it.
"""
