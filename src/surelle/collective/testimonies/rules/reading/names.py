"""The shape of a name: is this line the name of a person, and how sure is its shape alone?"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.dates import date_in, without_date
from surelle.collective.testimonies.rules.reading.first_names import FIRST_NAMES
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.groups import group_beside, group_in

MAX_LENGTH: Final = 120  # a longer line names nobody
_AND: Final = re.compile(r"\s+(?:et|and|&|\+)\s+|\s*&\s*")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[.'’\-‐‑][^\W\d_]*)*\.?")
_DETAIL: Final = re.compile(r"\s*(?:[,;|/–—]|\s-\s|-\s|\(|\[)\s*")
_CAMEL: Final = re.compile(r"(?<!^Mc)(?<!^Mac)(?<!^Le)(?<!^La)(?<!^De)(?<!^Du)(?<!^Di)[^\W\d_A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ]")
_DIGIT: Final = re.compile(r"\d")
_ELIDED: Final = re.compile(r"^(?:l|qu|j|n|s|c|t)'(?=\w{3})")
_EDGES: Final = ' \t\u00a0\u202f-–—~*•>·"“”«»_'


@dataclass(frozen=True)
class NameShape:
    """A text that may name a person: `score` is the weight of its shape (from about 1, weak, to 6, plain)."""

    author: str
    score: float
    detail: str = ""  # what stands beside the name: activity, place
    group: str = ""
    group_kind: str = ""
    date: str = ""
    is_anonymous: bool = False
    is_several: bool = False
    is_newcomer: bool = False
    addressee: str = ""
    is_group: bool = False


def name_shape(text: str, common_words: Collection[str] = ()) -> NameShape | None:
    """Return how `text` (a whole line or a part of it, without its colon) may name someone, None when it cannot.

    `common_words` are folded words met in lower case elsewhere in the page: such a word is hardly a name.
    """
    text = text.strip(_EDGES).rstrip(":").strip(_EDGES)
    if not text or len(text) > MAX_LENGTH or "?" in text or "!" in text or "://" in text:
        return None
    folded = fold(text)
    if text[0].islower() and not cues.ANONYMOUS.match(folded) and not cues.COLLECTIVE_VOICE.match(folded):
        return None
    text, addressee = _without_addressee(text, folded)
    date = date_in(text)
    bare = without_date(text).strip(_EDGES + ",:;()") if date else text
    folded = fold(bare) if date or addressee else folded
    anonymous = cues.ANONYMOUS.match(folded)
    collective = None if anonymous else cues.COLLECTIVE_VOICE.match(folded)
    group = group_in(bare) if anonymous or collective else None
    if anonymous and len(bare) <= 90:
        name, kind = (group.name, group.kind) if group else ("", "")
        plain = not anonymous["rest"] and "anonym" in folded
        return NameShape(
            "", 4.0 if plain else 2.5, bare, name, kind, date, is_anonymous=True, is_newcomer=_is_newcomer(folded),
            addressee=addressee,
        )  # fmt: skip
    if collective:
        name, kind = (group.name, group.kind) if group else ("", "")
        return NameShape(bare, 2.5, "", name, kind, date, is_group=True, addressee=addressee)
    if text[:1].islower():
        return None
    if several := _several(bare, common_words):
        return several
    parts = _DETAIL.split(bare, maxsplit=1)
    detail = parts[1].strip(_EDGES + ")]") if len(parts) > 1 else ""
    if detail and not _is_detail(detail):
        return None
    people = _AND.split(parts[0])
    if len(people) > 3:
        return None
    scores = [_person(person.strip(_EDGES), common_words) for person in people]
    if not all(scores):
        return None
    score = min(scores) + (0.5 if detail else 0.0)
    group = group_beside(detail) if detail else None
    return NameShape(
        " ".join(parts[0].split()),
        score,
        detail,
        group.name if group else "",
        group.kind if group else "",
        date,
        is_several=len(people) > 1,
        is_newcomer=_is_newcomer(folded),
        addressee=addressee,
    )


def _is_newcomer(folded: str) -> bool:
    return " " in folded and bool(cues.NEWCOMER.search(folded))


def _several(text: str, common_words: Collection[str]) -> NameShape | None:
    """Return the people of a list on one line, « Mireille, Oscar et Paule », each with a known first name."""
    if "," not in text:
        return None
    people = [person.strip(_EDGES) for person in re.split(r",\s+|\s+et\s+|\s+and\s+", text)]
    if not 3 <= len(people) <= 12 or not all(_person(person, common_words) >= 2.5 for person in people):
        return None
    return NameShape(" ".join(text.split()), 3.0, is_several=True)


def somebody(text: str) -> NameShape | None:
    """Return a voice told by a trade, « une apprentie du fournil », None when `text` tells nobody so."""
    text = text.strip(_EDGES)
    if len(text) > 60 or not cues.SOMEBODY.match(fold(text)):
        return None
    return NameShape("", 2.5, text, is_anonymous=True, is_newcomer=_is_newcomer(fold(text)))


def group_shape(text: str) -> NameShape | None:
    """Return a group that speaks under its own name, « Groupe local Jura », None when `text` is no such name."""
    text = text.strip(_EDGES).rstrip(":").strip(_EDGES)
    if not 4 < len(text) <= 70 or "?" in text:
        return None
    date = date_in(text)
    bare = without_date(text).strip(_EDGES + ",:;()") if date else text
    group = group_in(bare)
    if group is None or not group.kind or cues.KIND_WORDS.search(fold(bare)):
        return None
    if fold(bare[: group.start]).strip(" '") not in ("", "le", "la", "l", "les", "notre", "the", "our"):
        return None
    return NameShape(bare, 2.5, "", group.name, group.kind, date, is_group=True)


def _without_addressee(text: str, folded: str) -> tuple[str, str]:
    """Return « Prénom » and « Autre » of « Prénom à Autre », the text itself and "" when it addresses nobody."""
    for match in cues.ADDRESSED.finditer(folded):
        rest = re.split(r"[,;()\[\]:]", text[match.end() :], maxsplit=1)[0].strip(_EDGES)
        first = fold(rest.split()[0]).strip(".") if rest else ""
        is_long = len(match.group()) > 8
        if not rest or not (first in FIRST_NAMES or (is_long and rest[:1].isupper())):
            continue
        if not all(_person(person.strip(_EDGES), ()) for person in _AND.split(rest)):
            continue
        after = text[match.end() :].partition(rest)[2]
        left = (
            text[: match.start()].rstrip(" ,;:([\u00a0") if not is_long else text[: match.start()].rstrip(" ,;\u00a0")
        )
        return (left + " " + after.strip()).strip() if after.strip(" )]") else left.rstrip("([ ").strip(), rest
    return text, ""


def _is_detail(detail: str) -> bool:
    """Whether what follows a name describes a person rather than says something."""
    folded = fold(detail)
    if re.search(r"[:«“\"]", detail) or cues.GREETING.match(folded):
        return False
    return len(detail) <= 80 and not cues.FIRST_PERSON.search(folded) and not re.search(r"[.;…]\s*\S", detail)


def _person(name: str, common_words: Collection[str]) -> float:
    """Return the weight of one person's name, 0 when it is none."""
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or _DIGIT.search(name):
        return 0.0
    civil = fold(tokens[0]).rstrip(".") in cues.CIVILITIES and len(tokens) > 1
    if civil:
        tokens = tokens[1:]
    proper = 0
    score = 1.5 if civil else 0.0
    surname_in_capitals = first_name = False
    for place, token in enumerate(tokens):
        folded = _ELIDED.sub("", fold(token).rstrip("."))
        if proper and folded in cues.PARTICLES and place < len(tokens) - 1:
            continue
        if (
            folded in cues.PARTICLES
            and place < len(tokens) - 1
            and place == 0
            and token[0].isupper()
            and len(tokens) > 1
        ):
            continue  # « De La Tour »
        is_initial = place > 0 and len(folded) == 1  # « Louise A. »
        if not _TOKEN.fullmatch(token) or not token[0].isupper() or (folded in cues.NOT_NAMES and not is_initial):
            return 0.0
        letters = [part for part in re.split(r"[.'’\-‐‑]", token) if part]
        if not letters or not all(part[0].isupper() or fold(part) in cues.PARTICLES for part in letters[:1]):
            return 0.0
        if _CAMEL.search(token) and not token.isupper():
            return 0.0  # « NosParoles » is a page of a wiki
        proper += 1
        capitals = token.isupper() and len(token) > 1
        initial = len(token.rstrip(".")) == 1 or (token.endswith(".") and len(token) <= 5)
        known = folded in FIRST_NAMES or any(fold(part) in FIRST_NAMES for part in letters)
        if place == 0 and known:
            first_name = True
        if capitals and place > 0 and not initial and "." not in token:
            surname_in_capitals = True
        if folded in common_words and not known:
            score -= 2.0
        elif not known and not capitals and not initial and cues.COMMON_ENDINGS.match(folded):
            score -= 1.0
    if not proper:
        return 0.0
    all_capitals = name.isupper()
    if proper == 1:
        if all_capitals and not first_name and len(name) > 1:
            score += 0.3
        else:
            score += 1.0 if len(tokens[0].rstrip(".")) > 1 else 0.3
    elif surname_in_capitals and not all_capitals:
        score += 4.0
    elif all_capitals:
        score += 1.5
    else:
        score += 2.5
    if first_name:
        score += 2.0
    return max(score, 0.1)


def same_person(one: str, other: str) -> bool:
    """Whether two spellings may name one person: equal, or one is the first name of the other."""
    first, second = fold(one).split(), fold(other).split()
    if not first or not second:
        return False
    return first == second or ((len(first) == 1 or len(second) == 1) and first[0] == second[0])
