"""Positions that follow their text into NFC with LF line ends."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Callable


def normalized(text: str) -> tuple[str, Callable[[int], int], Callable[[int], int]]:
    """The text in NFC with LF ends, and what becomes of the start and of the end of a passage of the old text.

    Positions are code points. Where several old characters become one (a letter and its accent, CR LF), a start moves
    before it and an end after it, so that a passage never loses a letter.
    """
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return text, _same, _same
    parts: list[str] = []
    starts, ends = array("q"), array("q", [0])
    length = index = 0
    while index < len(text):
        cluster_end = _cluster(text, index)
        words = text[index:cluster_end]
        words = "\n" if words in ("\r\n", "\r") else unicodedata.normalize("NFC", words)
        size = cluster_end - index
        same = words == text[index:cluster_end]  # otherwise marks may also have changed places
        for offset in range(size):
            starts.append(length + offset if same else length)
            ends.append(length + offset + 1 if same else length + len(words))
        parts.append(words)
        length += len(words)
        index = cluster_end
    starts.append(length)
    return "".join(parts), starts.__getitem__, ends.__getitem__


def _same(position: int) -> int:
    return position


def _cluster(text: str, start: int) -> int:
    """The end of the characters from `start` on that may compose with each other."""
    if text[start] == "\r":
        return start + 2 if text[start + 1 : start + 2] == "\n" else start + 1
    end = start + 1
    while end < len(text) and not text[end].isascii() and _composes(text[end - 1], text[end]):
        end += 1
    return end


def _composes(left: str, right: str) -> bool:
    """Whether `right` may change by standing after `left`: a mark, or a pair that makes one character (Hangul)."""
    if unicodedata.combining(right):
        return True
    together = unicodedata.normalize("NFC", left + right)
    return together != unicodedata.normalize("NFC", left) + unicodedata.normalize("NFC", right)
