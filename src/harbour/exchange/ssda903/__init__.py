"""The children-looked-after return (SSDA903), read and written into the record.

Duty: local authorities return every child they look after to the Department for Education each
year. The hub reads the same files, so that placements, missing episodes, reviews and health facts
do not have to be typed twice.

Words: the *return* is a set of tables, one CSV file each. The *collection year* runs from 1 April
to 31 March and is named by the year in which it ends. A *finding* is something a person should
know about one cell: *refused* when the row cannot come in as it is, *flagged* when it comes in and
should be looked at. Rules carry the numbers under which the Department publishes them.
"""
