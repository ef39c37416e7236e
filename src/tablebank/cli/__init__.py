"""The command line, `tablebank` (docs/interface.md). It works beside a running server.

Exit 0: done. 1: refused, or something was found. 2: wrong usage.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tablebank.config.settings")
django.setup()

from tablebank.cli.program import app  # noqa: E402 - settings first, rows after

__all__ = ["app"]
