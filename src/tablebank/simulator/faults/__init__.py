"""What goes wrong on a floor, each with the exception that must say so, and nights to play it in.

A fault is the world's: a form that falls beside the box, a chip that is gone in the morning. Nobody
tells the system of it; the people act as on any other night, as far as they know.
"""
