"""Window win/loss: what a table won or lost between two instants, as far as counts can tell (BASE).

Operational, and never called the rundown: a rundown is made from a session's own facts, a window
from whatever counts lie around its edges. Where the edges are counts of gap-free sessions with
their own drops, the two are equal.
"""
