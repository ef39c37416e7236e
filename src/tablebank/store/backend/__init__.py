"""Django's PostgreSQL backend, except that it sees to it that the embedded server runs."""
