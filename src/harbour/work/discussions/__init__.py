"""Strategy discussions: asked for, invited to, held, decided, with the record of what follows.

Repeated missing episodes ask for one by themselves: an ask stands open until a discussion is asked
for or a reason is recorded instead. Others may call `queries`, `actions`, `policy` and
`vocabulary`.
"""
