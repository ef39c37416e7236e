"""Whole journeys in a real browser: what the people of the floor see, press and type."""
