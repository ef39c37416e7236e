"""Charts, drawn as SVG in this process: what is drawn and how it looks, without words of its own.

The same drawing stands on a page and in a printed report. Every chart is handed its labels and its
way of writing amounts; what it shows is always told in a table too, for who does not see it.
"""
