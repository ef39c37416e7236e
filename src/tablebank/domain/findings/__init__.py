"""Findings: broken rules that someone must explain. On the wire and on screens: exceptions (FIND)."""
