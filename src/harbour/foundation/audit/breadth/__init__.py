"""Unusual breadth: one person opening many children's records that are not in their own work.

The database counts the children that a person opens within an hour and has no work with. At the
first limit the records officer and the team's managers are told; at the second the next record
stays closed until one of them says that it may go on.
"""
