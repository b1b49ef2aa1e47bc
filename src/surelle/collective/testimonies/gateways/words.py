"""The words of one paragraph of an office document, line by line: soft line breaks start a line of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surelle.collective.testimonies.gateways.addresses import kept
from surelle.collective.testimonies.gateways.lines import LineWriter
from surelle.collective.testimonies.gateways.styles import Styles
from surelle.collective.testimonies.rules.reading.links import link_to
from surelle.collective.testimonies.rules.reading.source import LineKind, Link


@dataclass
class _Row:
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_strong: bool = False
    is_italic: bool = False


class Words:
    """Collects the words and the links of a paragraph, each link on the line where it stands."""

    def __init__(self) -> None:
        self.styles = Styles()
        self.rows = [_Row()]

    @property
    def text(self) -> str:
        return "\n".join("".join(row.parts) for row in self.rows)

    def say(self, words: str) -> None:
        self.rows[-1].parts.append(words)
        self.styles.say(words)

    def address(self, href: str) -> None:
        if (url := kept(href)) and all(url != known.url for row in self.rows for known in row.links):
            self.rows[-1].links.append(link_to(url))

    def line_end(self) -> None:
        self._end_row()
        self.rows.append(_Row())

    def _end_row(self) -> None:
        row = self.rows[-1]
        row.is_strong, row.is_italic = self.styles.is_strong, self.styles.is_italic
        self.styles.start_line()

    def write(self, writer: LineWriter, kind: LineKind, level: int) -> None:
        """Write the paragraph: its lines, or a blank one when it has no words."""
        self._end_row()
        if not self.text.strip():
            writer.gap()
            return
        writer.paragraph()
        rows = self.rows
        while not "".join(rows[0].parts).strip():
            rows[1].links[:0] = rows[0].links
            rows = rows[1:]
        while not "".join(rows[-1].parts).strip():
            rows[-2].links.extend(rows[-1].links)
            rows = rows[:-1]
        plain = kind is LineKind.TEXT
        for row in rows:
            writer.add(
                "".join(row.parts), kind, level=level, links=tuple(row.links),
                is_strong=plain and row.is_strong, is_italic=plain and row.is_italic,
            )  # fmt: skip


def write_grid(writer: LineWriter, rows: Sequence[Sequence[Words]]) -> None:
    """Write the rows of a table, a line each, its cells beside its words."""
    for row in rows:
        cells = tuple(" ".join(cell.text.split()) for cell in row)
        links = tuple(link for cell in row for line in cell.rows for link in line.links)
        if any(cells):
            writer.add(" : ".join(filter(None, cells)), links=links, cells=cells)
    writer.blank()


def inherited(style: str, parents: Mapping[str, str], given: Mapping[str, int]) -> bool:
    """Whether a style, or the nearest of its parents that says something, gives a look to its words."""
    seen: set[str] = set()
    while style and style not in seen:
        if style in given:
            return bool(given[style])
        seen.add(style)
        style = parents.get(style, "")
    return False
