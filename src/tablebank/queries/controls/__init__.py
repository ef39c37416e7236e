"""The catalogue of controls: a file for each group of them, and which tests show each.

`shown.json` is made by `make controls` from the docstrings of the tests, so that an installed
program can say it without them.
"""
