"""Writing the lines of a source: numbered from 1, in NFC, blank lines as many as the page shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from surelle.collective.testimonies.gateways.decoding import CONTROLS, LINE_ENDS, composed
from surelle.collective.testimonies.gateways.limits import LINES
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.rules.reading.links import links_in
from surelle.collective.testimonies.rules.reading.source import Line, LineKind, Link

MOST_BLANK: Final = 9  # in a row: more say nothing more
SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text of a document made fit to keep: NFC, without control characters or halves of characters."""
    return composed(SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROLS.sub("", text)))


class LineWriter:
    """Collects the lines of one source, the file `name`, in order.

    Raises `UnreadableSource` `too_many_lines` past `LINES`: each is shown and reviewed.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.starts: set[int] = set()

    def add(
        self,
        text: str,
        kind: LineKind = LineKind.TEXT,
        *,
        level: int = 0,
        speaker: str = "",
        links: tuple[Link, ...] = (),
        raw: str = "",
        is_strong: bool = False,
        is_italic: bool = False,
        cells: tuple[str, ...] = (),
    ) -> None:
        """Add a text, as many lines as it has; the links go to its first line beside the addresses written in it."""
        if len(self.lines) > LINES:
            raise UnreadableSource("too_many_lines", self.name, limit=LINES)
        rest = links
        for part in LINE_ENDS.sub("\n", text).split("\n"):
            words = clean(part).strip()
            if not words:
                self.gap()
                continue
            known = {link.url for link in rest}
            written = tuple(link for link in links_in(words) if link.url not in known)
            self.lines.append(
                Line(
                    number=len(self.lines) + 1,
                    raw=clean(raw or part).replace("\n", " ").strip(),
                    text=words,
                    kind=kind,
                    level=level,
                    speaker=clean(speaker).strip(),
                    links=rest + written,
                    is_strong=is_strong,
                    is_italic=is_italic,
                    cells=tuple(clean(cell) for cell in cells),
                )
            )
            rest = ()

    def blank(self) -> None:
        """A blank line, unless one stands there already or nothing was said yet."""
        if self.lines and self.lines[-1].kind is not LineKind.BLANK:
            self._add_blank()

    def gap(self) -> None:
        """A blank line of the page itself, beside those that stand already: two say more than one."""
        if self.lines and any(line.kind is not LineKind.BLANK for line in self.lines[-MOST_BLANK:]):
            self._add_blank()

    def _add_blank(self) -> None:
        self.lines.append(Line(number=len(self.lines) + 1, raw="", text="", kind=LineKind.BLANK))

    def paragraph(self) -> None:
        """The next line starts a paragraph, which the page may show apart from the one above."""
        self.starts.add(len(self.lines))

    def space_paragraphs(self) -> None:
        """Put a blank line before each paragraph, but between items of a list, where the page has no empty one.

        Writers either leave empty paragraphs or trust the space that the style puts around each.
        """
        empty = sum(line.kind is LineKind.BLANK for line in self.lines)
        if empty * 10 > len(self.starts):
            return
        together = (LineKind.ITEM, LineKind.QUOTE)
        spaced: list[Line] = []
        for place, line in enumerate(self.lines):
            above = self.lines[place - 1] if place else line
            apart = above.kind is not LineKind.BLANK and not (above.kind is line.kind and line.kind in together)
            if place and place in self.starts and apart and line.kind is not LineKind.BLANK:
                spaced.append(Line(number=len(spaced) + 1, raw="", text="", kind=LineKind.BLANK))
            spaced.append(replace(line, number=len(spaced) + 1))
        self.lines = spaced

    def finished(self) -> tuple[Line, ...]:
        """The lines, without a blank one at the end."""
        while self.lines and self.lines[-1].kind is LineKind.BLANK:
            self.lines.pop()
        return tuple(self.lines)
