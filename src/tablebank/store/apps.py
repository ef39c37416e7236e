"""The store as Django sees it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Rows of the table bank."""

    name = "tablebank.store"
    label = "store"
