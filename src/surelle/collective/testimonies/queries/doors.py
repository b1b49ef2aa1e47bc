"""Addresses of many rows, resolved once: a list of fifty excerpts has two hundred links."""

from django.urls import reverse

from ..models import Collection


class Door:
    """The address of a kind of page of a collection, for any row: `Door("testimonies:theme", collection).of(12)`."""

    def __init__(self, name: str, collection: Collection, *, in_collection: bool = True) -> None:
        slugs = [collection.cooperative.slug, *([collection.slug] if in_collection else [])]
        self._before, _sign, self._after = reverse(name, args=[*slugs, 0]).rpartition("/0/")

    def of(self, key: int) -> str:
        """Return the address of one row."""
        return f"{self._before}/{key}/{self._after}"
