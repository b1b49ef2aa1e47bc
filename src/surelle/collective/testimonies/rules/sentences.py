"""Sentences and paragraphs of a text: what the keyboard walks over, and the units in which coders are compared."""

from dataclasses import dataclass

import regex

# After a full stop, an exclamation or the like, with its closing quote or bracket, before a blank. A full stop after a
# capital letter alone ("M. Durand", "J. Petit") or before a small letter ends nothing.
_END = regex.compile(r"[.!?…]+(?:[ \u00a0\u202f]?[»”]|[\"')\]])*[ \t\u00a0]+(?=[^\s\p{Ll}»”])")
_INITIAL = regex.compile(r"(?<!\p{L})(?:\p{Lu}|Mme|Mlle|Dr|St|Ste|etc|cf|ex|env)\.$")


@dataclass(frozen=True)
class Span:
    """Code points `start` to `end` of a text."""

    start: int
    end: int


def paragraphs(text: str, offset: int = 0) -> list[Span]:
    """Return the lines of `text` that hold words; `offset` is where `text` begins in a longer one."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(offset + at, offset + at + len(line)))
        at += len(line) + 1
    return found


def sentences(text: str, offset: int = 0) -> list[Span]:
    """Return the sentences of `text`, without the blanks around them; none crosses the end of a line."""
    found: list[Span] = []
    for line in paragraphs(text):
        words, begin = text[line.start : line.end], 0
        cuts = [m.end() for m in _END.finditer(words) if not _INITIAL.search(words[: m.end()].rstrip())]
        for cut in [*cuts, len(words)]:
            piece = words[begin:cut]
            if piece.strip():
                start = line.start + begin + len(piece) - len(piece.lstrip())
                found.append(Span(offset + start, offset + start + len(piece.strip())))
            begin = cut
    return found
