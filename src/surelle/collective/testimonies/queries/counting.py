"""Voices and excerpts by theme and by another side, counted by the database.

A voice is a person: two testimonies of the same member, or of the same named person, are one voice; an anonymous
testimony is one by itself. A theme counts what stands under it too, each voice once.
"""
# ruff: noqa: S608 - the SQL is built of constants of this module; what people wrote goes in as parameters.

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ..models import Collection

VOICE = (
    "CASE WHEN t.author_id IS NOT NULL THEN 'm' || t.author_id"
    " WHEN t.author_kind <> 'anonymous' AND t.author_name <> '' THEN 'n' || LOWER(t.author_name)"
    " ELSE 't' || t.id END"
)
GROUP = "COALESCE(g.name, t.group_name)"
SIDES = {
    "group": GROUP,
    "tenure": "t.tenure",
    "tone": "e.tone",
    "question": "COALESCE(CAST(a.question_key AS text), a.question)",
    "all": "CAST('' AS text)",
}
"""What themes are crossed with, as SQL."""

_TREE = """
WITH RECURSIVE tree(theme_id, above) AS (
  SELECT id, id FROM testimonies_theme WHERE collection_id = %(collection)s AND merged_into_id IS NULL
  UNION
  SELECT tree.theme_id, th.parent_id FROM tree JOIN testimonies_theme th ON th.id = tree.above
  WHERE th.parent_id IS NOT NULL
)
"""
_COUNTED = """
  e.collection_id = %(collection)s AND NOT e.is_lost AND t.state IN ('awaiting_consent', 'published')
  AND (e.round_id IS NULL OR EXISTS (
    SELECT 1 FROM testimonies_codinground r WHERE r.id = e.round_id AND r.closed_at IS NOT NULL))
"""
_MARKS = """
  FROM testimonies_excerpttheme l
  JOIN testimonies_excerpt e ON e.id = l.excerpt_id
  JOIN testimonies_testimony t ON t.id = e.testimony_id
"""
_ANSWER = ' JOIN testimonies_answer a ON a.testimony_id = t.id AND a."start" <= e."start" AND e."start" < a."end"'
_GROUPS = " LEFT JOIN groups_group g ON g.id = t.group_id"


@dataclass(frozen=True)
class Count:
    """How many voices and excerpts have a theme, on one side (`key` is None where nothing is known)."""

    theme: int
    key: Any
    voices: int
    excerpts: int


def counts(collection: Collection, side: str = "all") -> list[Count]:
    """Return the counts of every theme by `side` (a key of SIDES), in one query."""
    joins = (_ANSWER if side == "question" else "") + (_GROUPS if side == "group" else "")
    sql = (
        f"{_TREE} SELECT tree.above, {SIDES[side]}, COUNT(DISTINCT {VOICE}), COUNT(DISTINCT e.id) {_MARKS}{joins}"
        f" JOIN tree ON tree.theme_id = l.theme_id WHERE {_COUNTED} GROUP BY tree.above, {SIDES[side]}"
        f" ORDER BY tree.above"
    )
    return [Count(*row) for row in rows_of(sql, {"collection": collection.pk})]


def totals(collection: Collection, side: str = "all") -> dict[Any, tuple[int, int]]:
    """Return for each key of a side: (voices that have words there, of which marked at least once)."""
    joins = _GROUPS if side == "group" else ""
    answer = _ANSWER.replace('AND a."start" <= e."start" AND e."start" < a."end"', 'AND a."end" > a."start"')
    if side == "question":
        joins += answer
    if side == "tone":
        return {}
    marked = f"EXISTS (SELECT 1 FROM testimonies_excerpt e WHERE e.testimony_id = t.id AND {_COUNTED})"
    sql = (
        f"SELECT {SIDES[side]}, COUNT(DISTINCT {VOICE}), COUNT(DISTINCT CASE WHEN {marked} THEN {VOICE} END)"
        f" FROM testimonies_testimony t{joins} WHERE t.collection_id = %(collection)s AND t.text <> ''"
        f" AND t.state IN ('awaiting_consent', 'published') GROUP BY {SIDES[side]}"
    )
    return {key: (voices, heard) for key, voices, heard in rows_of(sql, {"collection": collection.pk})}


def marked_excerpts(collection: Collection) -> tuple[int, int, int]:
    """Return how many counted excerpts there are, how many have no theme, how many voices they come from."""
    sql = (
        f"SELECT COUNT(*), COUNT(CASE WHEN NOT EXISTS (SELECT 1 FROM testimonies_excerpttheme l"
        f" WHERE l.excerpt_id = e.id) THEN 1 END), COUNT(DISTINCT {VOICE}) FROM testimonies_excerpt e"
        f" JOIN testimonies_testimony t ON t.id = e.testimony_id WHERE {_COUNTED}"
    )
    [(excerpts, bare, voices)] = rows_of(sql, {"collection": collection.pk})
    return excerpts, bare, voices


@dataclass(frozen=True)
class Together:
    """Two themes given to the same or overlapping words: by how many voices, in how many places."""

    first: int
    second: int
    voices: int
    places: int


def together(collection: Collection, limit: int = 30) -> list[Together]:
    """Return the pairs of themes that meet in the same words, those of most voices first."""
    sql = (
        f"SELECT l.theme_id, l2.theme_id, COUNT(DISTINCT {VOICE}), COUNT(DISTINCT e.id) {_MARKS}"
        f' JOIN testimonies_excerpt e2 ON e2.testimony_id = e.testimony_id AND e2."start" < e."end"'
        f' AND e."start" < e2."end" AND NOT e2.is_lost AND (e2.round_id IS NULL OR EXISTS (SELECT 1 FROM'
        f" testimonies_codinground r2 WHERE r2.id = e2.round_id AND r2.closed_at IS NOT NULL))"
        f" JOIN testimonies_excerpttheme l2 ON l2.excerpt_id = e2.id AND l2.theme_id > l.theme_id"
        f" WHERE {_COUNTED} GROUP BY l.theme_id, l2.theme_id ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT %(limit)s"
    )
    return [Together(*row) for row in rows_of(sql, {"collection": collection.pk, "limit": limit})]


@dataclass(frozen=True)
class Contradiction:
    """A theme that some voices praise and others deplore."""

    theme: int
    glad: int
    sore: int


def contradictions(collection: Collection) -> list[Contradiction]:
    """Return the themes (without what stands under them) with opposite tones from different voices.

    One voice that says both is of two minds, not a contradiction between voices.
    """
    glad, sore = (f"CASE WHEN e.tone {sign} 0 THEN {VOICE} END" for sign in "><")
    both = f"COUNT(DISTINCT CASE WHEN e.tone <> 0 THEN {VOICE} END)"
    sql = (
        f"SELECT l.theme_id, COUNT(DISTINCT {glad}), COUNT(DISTINCT {sore}) {_MARKS} WHERE {_COUNTED}"
        f" GROUP BY l.theme_id HAVING COUNT(DISTINCT {glad}) > 0 AND COUNT(DISTINCT {sore}) > 0 AND {both} > 1"
        f" ORDER BY COUNT(DISTINCT {glad}) + COUNT(DISTINCT {sore}) DESC, l.theme_id"
    )
    return [Contradiction(*row) for row in rows_of(sql, {"collection": collection.pk})]


BEST = """
  (CASE WHEN e.is_pinned THEN 1000 ELSE 0 END) + (CASE WHEN l.is_settled THEN 100 ELSE 0 END)
  + 20 * ABS(COALESCE(e.tone, 0)) - (CASE WHEN LENGTH(e.quote) BETWEEN 60 AND 320 THEN 0 ELSE 30 END)
"""
"""How verbatims are ranked, explained to readers as it is: pinned, settled by several, a clear tone, easy to read."""


def best_excerpts(
    collection: Collection,
    *,
    each: int,
    sign: str = "",
    printable_on: Any = None,
    themes: Iterable[int] | None = None,
) -> dict[int, list[int]]:
    """Return for each theme (with what stands under it) its best excerpts (keys), one a voice at most.

    `sign` ">" or "<" keeps glad or sore ones. `printable_on` (a day) keeps the words that may be printed that day.
    `themes` (keys) leaves out the others.
    """
    where = f" AND e.tone {sign} 0" if sign in {"<", ">"} else ""
    if themes is not None:
        where += f" AND tree.above IN ({', '.join(str(int(key)) for key in themes) or 'NULL'})"
    if printable_on is not None:
        where += (
            " AND EXISTS (SELECT 1 FROM testimonies_consent c WHERE c.testimony_id = t.id AND c.channel = 'print'"
            " AND c.ended_at IS NULL AND (c.expires_on IS NULL OR c.expires_on >= %(day)s))"
        )
    sql = (
        f"{_TREE}, ranked AS (SELECT tree.above AS theme, e.id AS excerpt, {VOICE} AS voice, MAX({BEST}) AS score"
        f" {_MARKS} JOIN tree ON tree.theme_id = l.theme_id WHERE {_COUNTED}{where}"
        f" GROUP BY tree.above, e.id, {VOICE}),"
        " chosen AS (SELECT theme, excerpt, score,"
        " ROW_NUMBER() OVER (PARTITION BY theme, voice ORDER BY score DESC, excerpt) AS nth FROM ranked),"
        " listed AS (SELECT theme, excerpt,"
        " ROW_NUMBER() OVER (PARTITION BY theme ORDER BY score DESC, excerpt) AS place"
        " FROM chosen WHERE nth = 1)"
        " SELECT theme, excerpt FROM listed WHERE place <= %(each)s ORDER BY theme, place"
    )
    found: dict[int, list[int]] = {}
    for theme, excerpt in rows_of(sql, {"collection": collection.pk, "each": each, "day": printable_on}):
        found.setdefault(theme, []).append(excerpt)
    return found


def not_heard(collection: Collection) -> list[tuple[str, int, int]]:
    """Return by group: its name, voices expected and not heard, voices heard; groups of the house without voice too."""
    sql = (
        f"SELECT {GROUP}, COUNT(CASE WHEN t.state IN ('expected', 'draft') THEN 1 END),"
        f" COUNT(DISTINCT CASE WHEN t.state IN ('awaiting_consent', 'published') AND t.text <> '' THEN {VOICE} END)"
        f" FROM testimonies_testimony t{_GROUPS} WHERE t.collection_id = %(collection)s AND t.state <> 'withdrawn'"
        f" GROUP BY {GROUP}"
    )
    return [(name or "", expected, heard) for name, expected, heard in rows_of(sql, {"collection": collection.pk})]


def question_key(value: Any) -> str:
    """Return a question's key as it stands in addresses: a UUID in its usual form on every database, or its words."""
    text = str(value or "")
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return text


def rows_of(sql: str, parameters: dict[str, Any]) -> list[Any]:
    """Run a query of this module. `sql` is built of its own constants; what people wrote goes into `parameters`."""
    ordered = _positional(sql, parameters)
    with connection.cursor() as cursor:
        cursor.execute(*ordered)
        return list(cursor.fetchall())


def _positional(sql: str, parameters: dict[str, Any]) -> tuple[str, list[Any]]:
    """Turn named places into positional ones, which both databases take, also when a name stands several times."""
    values: list[Any] = []
    pieces: Iterable[str] = sql.split("%(")
    first, *others = pieces
    built = first
    for piece in others:
        name, rest = piece.split(")s", 1)
        values.append(parameters[name])
        built += "%s" + rest
    return built, values


NO_SIDE = ""


def theme_sides(collection: Collection, themes: Iterable[int]) -> dict[str, dict[Any, tuple[int, int]]]:
    """Return (voices, excerpts) of the marks of any of these themes, by group, tenure, tone, theme, and in all.

    One query: each side is a grouping of the same marks, so that the page of a theme costs one reading of them.
    """
    keys = sorted(themes)
    sql = (
        f"WITH marks AS (SELECT e.id AS excerpt, {VOICE} AS voice, {GROUP} AS group_label, t.tenure AS tenure,"
        f" e.tone AS tone, l.theme_id AS theme {_MARKS}{_GROUPS} WHERE {_COUNTED}"
        f" AND l.theme_id IN ({', '.join(str(int(key)) for key in keys)}))"
        + " UNION ALL ".join(
            f" SELECT '{side}', CAST({column} AS text), COUNT(DISTINCT voice), COUNT(DISTINCT excerpt)"
            f" FROM marks GROUP BY CAST({column} AS text)"
            for side, column in (
                ("group", "group_label"), ("tenure", "tenure"), ("tone", "tone"), ("own", "theme"), ("all", "''"),
            )
        )
    )  # fmt: skip
    found: dict[str, dict[Any, tuple[int, int]]] = {s: {} for s in ("group", "tenure", "tone", "own", "all")}
    if keys:
        for side, key, voices, excerpts in rows_of(sql, {"collection": collection.pk}):
            found[side][int(key) if side == "own" else key] = (voices, excerpts)
    return found
