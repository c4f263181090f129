"""People and roles.

Who works in the hub, which roles they hold in which team, from when until when.

The system administrator keeps them and sees no case data. Nobody gives a role to themselves.
"""
