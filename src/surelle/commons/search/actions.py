"""To put things into the index of words, and to take them out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models

from .models import SearchEntry
from .rules import stems_for_index, title_stems

AT_A_TIME = 500


@dataclass(frozen=True, kw_only=True)
class Words:
    """What of `about` can be found: its title and all its other words; `kind` names its door."""

    about: models.Model
    kind: str
    title: str
    body: str = ""


def index(*, about: models.Model, kind: str, title: str, body: str) -> None:
    """Let the search find `about` (a row of a cooperative) by these words, instead of those indexed before."""
    index_many([Words(about=about, kind=kind, title=title, body=body)])


def index_many(entries: Iterable[Words]) -> None:
    """Do as `index` for many rows, some hundreds in one statement; call it inside the transaction that changed them."""
    # The same row twice in one statement is refused by PostgreSQL: the last one counts.
    latest = {(words.kind, words.about.pk): words for words in entries}
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                cooperative_id=words.about.cooperative_id,  # type: ignore[attr-defined]
                kind=words.kind,
                object_id=words.about.pk,
                title=words.title.replace("\0", "")[:200],
                title_stems=title_stems(words.title[:1000]),
                body_stems=stems_for_index(f"{words.title}\n{words.body}"),
            )
            for words in latest.values()
        ],
        batch_size=AT_A_TIME,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["cooperative", "title", "title_stems", "body_stems"],
    )


def forget(*, kind: str, object_ids: Iterable[int]) -> None:
    """Take these rows out of the index, at once and with their stems."""
    ids = list(object_ids)
    for start in range(0, len(ids), AT_A_TIME):
        SearchEntry.objects.filter(kind=kind, object_id__in=ids[start : start + AT_A_TIME]).delete()


def sweep() -> None:
    """Rewrite the index without what rows taken out left in it: of withdrawn words not even a stem may stay.

    SQLite's index keeps the words of deleted rows until its parts are merged. It reads the whole index: for rare acts.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
