"""To find: ranked rows of the index, then only those that pass the door of their kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.module_loading import import_string

from surelle.commons.members.models import Membership

from .models import SearchEntry
from .rules import Sought, marked, snippet, sought

MOST_RANKED = 100
"""Of more matches than these, those by their title and the newest are ranked and the rest left out."""
MOST_READ = 20
"""Of so many candidates the words are counted for the rank; the others keep their order."""
A_PAGE = 20
A_TASTE = 5  # of each kind, on the page with all kinds

READ_TO_RANK = 20_000
"""Characters of stems that count for the rank: a long text is ranked by its beginning."""

SQLITE = """
    SELECT e.id, e.object_id, e.title_stems FROM (
        SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s
    ) found JOIN search_searchentry e ON e.id = found.rowid ORDER BY e.id DESC
"""
POSTGRESQL = "SELECT entry, object, title FROM surelle_search(%s, %s, %s, %s)"


class Candidate(NamedTuple):
    """A row of the index that answers a question."""

    entry: int
    object_id: int
    title_stems: str


def as_fts5(asked: list[Sought], place: str) -> str:
    """Write a question for FTS5. Stems hold letters and digits only, and are quoted all the same."""
    parts = [f'place : "{place}"']
    for each in asked:
        choices = [f'"{stem}"' for stem in each.stems] + ([f'"{each.prefix}" *'] if each.prefix else [])
        parts.append("stems : (" + " OR ".join(choices) + ")")
    return " AND ".join(parts)


def as_tsquery(asked: list[Sought]) -> str:
    """Write a question for PostgreSQL."""
    parts = []
    for each in asked:
        choices = [f"'{stem}'" for stem in each.stems] + ([f"'{each.prefix}':*"] if each.prefix else [])
        parts.append("(" + " | ".join(choices) + ")")
    return " & ".join(parts)


def newest(
    asked: list[Sought], cooperative_id: int, kind: str, many: int, *, of_title: bool = False
) -> list[Candidate]:
    """Return the newest entries that answer a question, with all of its words in their title or anywhere."""
    if of_title:
        asked = [
            replace(each, stems=marked(each.stems), prefix=marked((each.prefix,))[0] if each.prefix else "")
            for each in asked
        ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [as_tsquery(asked), cooperative_id, kind, many])
        else:
            cursor.execute(SQLITE, [as_fts5(asked, place_of(cooperative_id, kind)), many])
        return [Candidate(*row) for row in cursor.fetchall()]


def titles_of(asked: list[Sought]) -> list[tuple[list[str], str]]:
    """Return, for each word, what shows it in a title: whole stems, and how one begins that only begins so."""
    return [
        (
            [f" {stem} " for stem in marked(each.stems[: each.whole])],
            f" {marked((each.prefix,))[0]}" if each.prefix else "",
        )
        for each in asked
    ]


def in_title(candidate: Candidate, signs: list[tuple[list[str], str]]) -> float:
    """Return how many of the words stand in the title; one that only begins so counts less."""
    title, found = f" {candidate.title_stems} ", 0.0
    for stems, beginning in signs:
        if any(stem in title for stem in stems):
            found += 1
        elif beginning and beginning in title:
            found += 0.7
    return found


def ranked(asked: list[Sought], cooperative_id: int, kind: str, many: int) -> list[int]:
    """Return the object ids that answer, the best first: words in the title, then how often and in how few words.

    The formula is that of BM25 without the rarity of words, which would make the database read every match.
    """
    found = newest(asked, cooperative_id, kind, many)
    if len(found) >= many:
        found = list(dict.fromkeys(newest(asked, cooperative_id, kind, many // 2, of_title=True) + found))[:many]
    signs = titles_of(asked)
    by_title = {candidate.entry: in_title(candidate, signs) for candidate in found}
    found.sort(key=lambda candidate: -by_title[candidate.entry])
    bodies = dict(
        SearchEntry.objects.filter(pk__in=[candidate.entry for candidate in found[:MOST_READ]])
        .annotate(beginning=Left("body_stems", READ_TO_RANK))
        .values_list("pk", "beginning")
    )
    usual = sum(map(len, bodies.values())) / len(bodies) + 1 if bodies else 1
    best = sorted(
        found[:MOST_READ],
        key=lambda each: -3 * by_title[each.entry] - saying(bodies.get(each.entry, ""), asked, usual),
    )
    return [candidate.object_id for candidate in best + found[MOST_READ:]]


def saying(body: str, asked: list[Sought], usual: float) -> float:
    """Return how much a text says of what is asked: each word between 0 and 1, less in a text longer than usual."""
    text, slack, score = f" {body} ", 1.2 * (0.25 + 0.75 * len(body) / usual), 0.0
    for each in asked:
        times = sum(text.count(f" {stem} ") for stem in each.stems)
        if each.prefix and not times:
            times = text.count(f" {each.prefix}")
        score += times / (times + slack)
    return score


def matching_ids(who: Membership | int, kind: str, words: str, limit: int = MOST_RANKED) -> list[int]:
    """Return the ids of the `kind` that hold all these words, the best first. No door is passed: filter by yours.

    `who` is a member, or the id of a cooperative. Whole words come before words that only begin as the last one typed.
    """
    cooperative_id = who.cooperative_id if isinstance(who, Membership) else who
    asked = sought(words)
    if not asked or limit < 1:
        return []
    many = max(limit, MOST_RANKED)
    found: list[int] = []
    whole = [replace(each, prefix="", stems=each.stems[: each.whole]) for each in asked]
    if all(each.stems for each in whole):
        found = ranked(whole, cooperative_id, kind, many)
    if len(found) < limit and any(each.prefix for each in asked):
        begun = ranked(asked, cooperative_id, kind, many)
        found = list(dict.fromkeys(found + begun))
    return found[:limit]


def place_of(cooperative_id: int, kind: str) -> str:
    """Return the token by which the SQLite index knows rows of one kind of one cooperative."""
    return f"c{cooperative_id}k{kind.replace('_', '')}"


@dataclass(frozen=True)
class Face:
    """How a found thing shows itself: where it leads, what its title and words are."""

    title: str
    path: str = ""
    text: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Hit:
    """One thing found, with the words around what was asked."""

    kind: str
    object_id: int
    title: str
    path: str
    detail: str
    pieces: list[tuple[str, bool]]


@dataclass
class Shelf:
    """What was found of one kind: a page of hits, of `count` that the member may open (at most MOST_RANKED)."""

    kind: str
    hits: list[Hit]
    count: int
    is_cut: bool = False


@dataclass
class Results:
    """What a search found: shelves by kind, in the order of settings.SEARCH_DOORS, without empty ones."""

    words: str
    kind: str
    shelves: list[Shelf] = field(default_factory=list)
    page: int = 1
    pages: int = 1

    @property
    def count(self) -> int:
        return sum(shelf.count for shelf in self.shelves)

    @property
    def is_everywhere(self) -> bool:
        return not self.kind

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    def __iter__(self) -> Iterator[Shelf]:
        return iter(self.shelves)


@cache
def function_at(path: str) -> Callable[..., Any]:
    found: Callable[..., Any] = import_string(path)
    return found


def find(member: Membership, words: str, kind: str = "", page: int = 1) -> Results:
    """Search all kinds, a taste of each; or one kind, page by page. Nobody finds what they may not open."""
    results = Results(words=words.strip(), kind=kind if kind in settings.SEARCH_DOORS else "")
    for each, door in settings.SEARCH_DOORS.items():
        if results.kind and each != results.kind:
            continue
        allowed: QuerySet[models.Model] = function_at(door)(member)
        ids, open_ids = through_door(allowed, member, each, words, MOST_RANKED)
        if len(ids) >= MOST_RANKED and len(open_ids) < A_PAGE:  # closed doors hid most: look farther
            ids, open_ids = through_door(allowed, member, each, words, 10 * MOST_RANKED)
        if not open_ids:
            continue
        first, last = 0, A_TASTE
        if results.kind:
            results.pages = -(-len(open_ids) // A_PAGE)
            results.page = min(max(page, 1), results.pages)
            first, last = (results.page - 1) * A_PAGE, results.page * A_PAGE
        shown = open_ids[first:last]
        hits = hits_of(each, shown, allowed.filter(pk__in=shown), words)
        results.shelves.append(Shelf(each, hits, len(open_ids), is_cut=len(ids) >= MOST_RANKED))
    return results


def through_door(
    allowed: QuerySet[Any], member: Membership, kind: str, words: str, limit: int
) -> tuple[list[int], list[int]]:
    """Return the ids that match, and those of them that the member may open, the best first."""
    matcher = settings.SEARCH_MATCHERS.get(kind)
    ids: list[int] = (function_at(matcher) if matcher else matching_ids)(member, kind, words, limit)
    may_open = set(allowed.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return ids, [pk for pk in ids if pk in may_open]


def hits_of(kind: str, ids: list[int], allowed: QuerySet[Any], words: str) -> list[Hit]:
    """Return the hits for these ids, in their order, by the face that settings.SEARCH_FACES gives their kind."""
    faces: dict[int, Face]
    if face := settings.SEARCH_FACES.get(kind):
        faces = function_at(face)(allowed)
    else:
        entries = SearchEntry.objects.filter(kind=kind, object_id__in=ids).values_list("object_id", "title")
        faces = {pk: Face(title=title) for pk, title in entries}
    return [
        Hit(kind, pk, (it := faces[pk]).title, it.path, it.detail, snippet(it.text, words) if it.text else [])
        for pk in ids
        if pk in faces
    ]
