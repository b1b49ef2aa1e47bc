"""Text as a cue sees it: accents, case, apostrophes and spaces folded, one character for one character.

Folding never changes the length, so that what a cue finds in the folded text can be cut out of the faithful one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from surelle.collective.testimonies.rules.reading.cues import STOP_WORDS

_SAME = {
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02b9": "'", "`": "'", "´": "'", "′": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200a": " ", "\t": " ", "\u3000": " ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u30fb": "·", "\u2022": "·", "\u2027": "·", "\u22c5": "·", "\u0387": "·",
}  # fmt: skip


class _Folding(dict[int, str]):
    """A translation table that grows with the characters it meets."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _SAME.get(character)
        if folded is None:
            base = unicodedata.normalize("NFD", character)[0] if character > "\x7f" else character
            folded = base.lower()
            if len(folded) != 1:  # "İ" becomes two characters: keep the length
                folded = character
        self[code] = folded
        return folded


_FOLDING = _Folding()
_SHORT = 300  # a line is folded by each cue that looks at it: what it gave last is kept
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return `text` in lower case without accents, typographic marks made plain; same length."""
    return _folded(text) if len(text) <= _SHORT else text.translate(_FOLDING)


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    return text.translate(_FOLDING)


def words(folded: str) -> list[str]:
    """Return the words of a folded text, in order."""
    return _WORD.findall(folded)


def key(text: str) -> str:
    """Return what stays of `text` when only its words count: two spellings of one name or question share it."""
    return _key(text) if len(text) <= _SHORT else " ".join(_WORD.findall(fold(text)))


@lru_cache(maxsize=10_000)
def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


_FRENCH = snowballstemmer.stemmer("french")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_FRENCH.stemWord(word))


def stem_key(text: str) -> str:
    """Return a text as its stems, small words kept: « arrivé » and « arrivée » share it."""
    return " ".join(_stem(word) for word in _WORD.findall(fold(text[:600])))


def stems(text: str, limit: int = 2_000) -> list[str]:
    """Return the stems of the meaningful words of `text`, in order; only the first `limit` words are looked at."""
    return [_stem(word) for word in _WORD.findall(fold(text[: limit * 12]))[:limit] if is_meaningful(word)]


def is_meaningful(word: str) -> bool:
    return len(word) > 2 and word not in STOP_WORDS
