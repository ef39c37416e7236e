"""A casino at work: real games, real chips, real people, played through the public HTTP API alone.

The simulator is a client like any other. It keeps its own truth (what was really won, bet by bet)
and at the end lays it beside what the system answers. It knows nothing of the rooms behind the API.
"""
