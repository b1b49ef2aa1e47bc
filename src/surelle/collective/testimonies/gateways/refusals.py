"""Why a file could not be read: what, where, how to mend, in French and in English.

The sentences are a table by code, so that screens, the command and the tests speak of the same refusals. A *refusal*
stops the reading and nothing is kept; a *remark* lets it go on and is shown at the review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from surelle.collective.testimonies.gateways.refusal_sentences import REFUSALS

LANGUAGES: Final = ("fr", "en")


class PlaceKind(StrEnum):
    """The unit in which a person looks for the fault in this format."""

    LINE = "line"
    ROW = "row"
    CUE = "cue"
    MEMBER = "member"
    SHEET = "sheet"
    DOCUMENT = "document"
    POSITION = "position"


@dataclass(frozen=True)
class Place:
    """Where the fault stands: `value` is a number from 1 (line, row, cue) or a name."""

    kind: PlaceKind
    value: str | int

    def words(self, language: str = "fr") -> str:
        """The place as it is said in a sentence."""
        return PLACES[self.kind][language].format(value=self.value)


PLACES: Final[Mapping[PlaceKind, Mapping[str, str]]] = {
    PlaceKind.LINE: {"fr": "ligne {value}", "en": "line {value}"},
    PlaceKind.ROW: {"fr": "rangée {value}", "en": "row {value}"},
    PlaceKind.CUE: {"fr": "réplique {value}", "en": "cue {value}"},
    PlaceKind.MEMBER: {"fr": "partie « {value} »", "en": "part “{value}”"},
    PlaceKind.SHEET: {"fr": "feuille « {value} »", "en": "sheet “{value}”"},
    PlaceKind.DOCUMENT: {"fr": "document « {value} »", "en": "document “{value}”"},
    PlaceKind.POSITION: {"fr": "passage {value}", "en": "passage {value}"},
}


class UnreadableSource(Exception):
    """A file that could not be read: `code` is a key of `REFUSALS`; nothing of it was kept.

    `file` is its name, `place` where the fault stands when it has a place, `parameters` fill the sentence.
    """

    def __init__(self, code: str, file: str, place: Place | None = None, **parameters: object) -> None:
        super().__init__(code, file, place, parameters)
        self.code = code
        self.file = shown(file)
        self.place = place
        self.parameters: Mapping[str, object] = MappingProxyType(dict(parameters))

    def message(self, language: str = "fr") -> str:
        """What, where and how to mend, as one line in `fr` or `en`."""
        sentence = REFUSALS[self.code][language]
        words = {key: spoken(value, language) for key, value in self.parameters.items()}
        place = self.place.words(language) if self.place else ""
        what, mend = sentence.what.format(**words), sentence.mend.format(**words)
        if language == "fr":
            return f"« {self.file} »{', ' + place if place else ''} : {what}. Pour y remédier : {mend}."
        return f"“{self.file}”{', ' + place if place else ''}: {what}. To mend it: {mend}."

    def __str__(self) -> str:
        return self.message("en")


@dataclass(frozen=True)
class Octets:
    """A weight in bytes, said in the units of each language."""

    count: int

    def words(self, language: str) -> str:
        units = {"fr": ("octets", "Ko", "Mo", "Go"), "en": ("bytes", "kB", "MB", "GB")}[language]
        value, rank = float(self.count), 0
        while value >= 1000 and rank < len(units) - 1:
            value, rank = value / 1000, rank + 1
        text = f"{value:.1f}".removesuffix(".0")
        return f"{text.replace('.', ',') if language == 'fr' else text} {units[rank]}"


def spoken(value: object, language: str) -> str:
    """A parameter as it is said in a sentence: weights with units, counts in groups of three, text on one line."""
    if isinstance(value, Octets):
        return value.words(language)
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f" if language == "fr" else ",")
    return shown(str(value))


def shown(text: str, limit: int = 160) -> str:
    """Text of unknown origin made fit for one line of a screen: no control character, at most `limit` characters."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
