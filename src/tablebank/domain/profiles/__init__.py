"""What differs from one jurisdiction to the next: one file of data for each, and how it is asked.

Each is a template, to be confirmed with the regulator; none is legal advice.
"""
