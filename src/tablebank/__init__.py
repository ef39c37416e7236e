"""Tablebank: the system of record for the chip banks of casino table games."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("tablebank")
except PackageNotFoundError:
    __version__ = "0"
