"""Rows: how the records of the domain are kept in PostgreSQL, and nothing of what they mean.

`models` are thin, `guards` says once what each table refuses, `scope` is the only opener of
transactions, `database` knows where the database is and under which role it is spoken to.
"""
