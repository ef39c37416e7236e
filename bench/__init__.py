"""What is measured, and how: one small program for each bar of the qualities.

`python -m bench` runs them all on a database of their own and writes `bench/results/`;
`python -m bench floor_page` runs one. A figure is a ratio, or stands beside what it is to be held
against in the same run: the machines this runs on are shared, and their milliseconds are not ours.
"""
