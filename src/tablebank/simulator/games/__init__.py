"""The games on the floor, each by its own mathematics: cards from a shoe, a pocket of a wheel.

A game knows stakes and what becomes of them, in cents. Chips, cash and trays are not its business.
"""
