"""Findings: broken rules someone must explain. On the wire and on screens: exceptions (FIND)."""
