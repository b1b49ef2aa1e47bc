"""The index of words: one row for each thing that can be found."""

from django.db import models

from surelle.commons.cooperatives.models import CooperativeOwned


class SearchEntry(CooperativeOwned):
    """The stems of one object's words; `kind` names its door in settings.SEARCH_DOORS.

    Beside this table stand an FTS5 index kept by triggers (SQLite) or a generated tsvector under GIN (PostgreSQL).
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    title_stems = models.TextField()
    body_stems = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="found_once")]

    def __str__(self) -> str:
        return self.title
