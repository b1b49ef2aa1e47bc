"""Plain text and Markdown: the lines as they stand, with what their typography says.

Line numbers are those of the text received; nothing is moved or joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from surelle.collective.testimonies.gateways.addresses import kept
from surelle.collective.testimonies.gateways.styles import Styles
from surelle.collective.testimonies.rules.reading.links import link_to, links_in
from surelle.collective.testimonies.rules.reading.source import Line, LineKind, Link, Source

_BULLET: Final = re.compile(r"(?P<indent>[ \t\u00a0]*)(?:[-*+•·▪◦‣●○–][ \t\u00a0]+)(?=\S)")
_QUOTED: Final = re.compile(r"[ \t]*>(?: ?>)*[ \t]?")
_HASHES: Final = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?=\S)")
_UNDERLINE: Final = re.compile(r"[ \t]*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})[ \t]*")
_STRONG: Final = re.compile(r"(\*\*|__)(?P<words>(?:(?!\1).){1,300})\1[ \u00a0]*:?")
# « *** Prénom NOM *** », « >> Titre << »: a line framed by signs is set apart
_FRAMED: Final = re.compile(
    r"([*#=~+<>•·_-]){1,10}[ \u00a0]+(?P<words>[^\W_][^\n]{1,120}?)[ \u00a0]+[*#=~+<>•·_-]{1,10}"
)
_ITALIC: Final = re.compile(r"([*_/])(?=[^\s*_/])(?P<words>[^*_/]{3,300})(?<=\S)\1")
_MARKS: Final = re.compile(r"\*\*|__")
_DEFINITION: Final = re.compile(r"[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]+(\S+)")
_EXTRA_TAG: Final = re.compile(r"<[^<>\n]{1,2000}>")


def source_from_text(name: str, text: str, sha256: str, encoding: str) -> Source:
    """Return the lines of a plain text (decoded, LF ends): bullets, underlined titles, bold and quoted lines told."""
    return Source(name, "text", sha256, lines_of_text(text), encoding=encoding)


def lines_of_text(text: str) -> tuple[Line, ...]:
    """Return the lines of a plain text, numbered from 1."""
    raws = rows(text)
    lines = [_line(number, raw) for number, raw in enumerate(raws, start=1)]
    for place in range(1, len(lines)):
        if _underlines(raws, place):
            above, level = lines[place - 1], 1 if raws[place].strip()[0] in "=*" else 2
            lines[place - 1] = Line(above.number, above.raw, above.text, LineKind.HEADING, level, links=above.links)
            lines[place] = Line(place + 1, raws[place], "", LineKind.CHROME)
    return tuple(lines)


def rows(text: str) -> list[str]:
    """Return the lines of a decoded text; the end of the last line opens no other."""
    split = text.split("\n")
    if len(split) > 1 and not split[-1]:
        split.pop()
    return split


def nfc(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _line(number: int, raw: str) -> Line:
    line = _typed(number, raw)
    # « > » or « ** » alone are markup without words
    return line if line.text or line.kind is LineKind.BLANK else Line(number, raw, "", LineKind.CHROME)


def _typed(number: int, raw: str) -> Line:
    text = nfc(raw.strip())
    if not text:
        return Line(number, raw, "", LineKind.BLANK)
    links = links_in(text)
    if framed := _FRAMED.fullmatch(text):
        return Line(number, raw, framed["words"].strip(), links=links, is_strong=True)
    if hashes := _HASHES.match(raw):
        title = nfc(raw[hashes.end() :].strip().rstrip("#").strip())
        return Line(number, raw, title, LineKind.HEADING, len(hashes[1]), links=links)
    if quoted := _QUOTED.match(raw):
        return Line(number, raw, nfc(raw[quoted.end() :].strip()), LineKind.QUOTE, 1, links=links)
    if bullet := _BULLET.match(raw):
        depth = 1 + len(bullet["indent"].replace("\t", "    ")) // 2
        words = nfc(raw[bullet.end() :].strip())
        return Line(number, raw, words.replace("**", ""), LineKind.ITEM, depth, links=links)
    if strong := _STRONG.fullmatch(text):
        colon = ":" if text.endswith(":") else ""
        return Line(number, raw, strong["words"].strip() + colon, links=links, is_strong=True)
    if italic := _ITALIC.fullmatch(text):
        return Line(number, raw, italic["words"].strip(), links=links, is_italic=True)
    return Line(number, raw, _MARKS.sub("", text) if "**" in text else text, links=links)


def _underlines(raws: Sequence[str], place: int) -> bool:
    """Whether a row of signs underlines the line above: a title, alone in its paragraph and about as long."""
    row = _UNDERLINE.fullmatch(raws[place])
    title = raws[place - 1].strip()
    if row is None or not title or len(title) > 120 or not re.search(r"[^\W\d_]", title):
        return False
    alone = place < 2 or not raws[place - 2].strip()
    long_enough = len(row[1]) >= min(len(title), 60) * 0.5
    return alone and long_enough and not title.endswith((".", ",", ";")) and not title[0].islower()


# -- Markdown ----------------------------------------------------------------------------------------------------------
def source_from_markdown(name: str, text: str, sha256: str, encoding: str) -> Source:
    """Return the lines of a Markdown text (CommonMark and tables; decoded, LF ends), its marks taken off."""
    raws = rows(text)
    reader = _Markdown(raws)
    parser = MarkdownIt("commonmark", {"maxNesting": 30}).enable("table").disable("code")
    reader.read(parser.parse(text.replace("\r", " ")))
    return Source(name, "markdown", sha256, reader.finished(), encoding=encoding)


class _Markdown:
    """The tokens of a Markdown text laid back on its lines."""

    def __init__(self, raws: Sequence[str]) -> None:
        self.raws = raws
        self.lines: dict[int, Line] = {}
        self.cells: dict[int, list[str]] = {}

    def read(self, tokens: Iterable[Token]) -> None:
        items = quotes = 0
        heading = 0
        row: list[str] | None = None
        for token in tokens:
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1:])
                case "heading_close":
                    heading = 0
                case "tr_open" if token.map is not None:
                    row = self.cells[token.map[0] + 1] = []
                case "tr_close":
                    row = None
                case "list_item_open":
                    items += 1
                case "list_item_close":
                    items -= 1
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "inline" if token.map is not None:
                    if row is not None:
                        row.append(nfc(_words(token.children or [])[0]))
                    kind = LineKind.QUOTE if quotes else LineKind.ITEM if items else LineKind.TEXT
                    if heading:
                        kind = LineKind.HEADING
                    self._inline(token, kind, heading or items or quotes)
                case "fence" | "html_block" | "code_block" if token.map is not None:
                    self._block(token)

    def _inline(self, token: Token, kind: LineKind, level: int) -> None:
        first, end = token.map or (0, 0)
        for offset, children in enumerate(_by_line(token.children or [])):
            number = first + offset + 1
            if number > end or number > len(self.raws):
                break
            words, links, strong, italic = _words(children)
            known = self.lines.get(number)
            if known is not None and known.text:  # the cells of one row of a table
                words, links = f"{known.text} : {words}" if words else known.text, known.links + links
            starts_item = kind is not LineKind.ITEM or offset == 0
            self.lines[number] = Line(
                number,
                self.raws[number - 1],
                nfc(words.strip()),
                kind if starts_item else LineKind.TEXT,
                level if kind is not LineKind.TEXT and starts_item else 0,
                links=tuple(dict.fromkeys(links + links_in(words))),
                is_strong=strong and kind is LineKind.TEXT and known is None,
                is_italic=italic and kind is LineKind.TEXT and known is None,
            )

    def _block(self, token: Token) -> None:
        first, end = token.map or (0, 0)
        for number in range(first + 1, min(end, len(self.raws)) + 1):
            raw = self.raws[number - 1]
            words = _EXTRA_TAG.sub(" ", raw) if token.type == "html_block" else raw
            if token.type == "fence" and (number == first + 1 or raw.strip()[:3] in ("```", "~~~")):
                words = ""
            text = nfc(" ".join(words.split()))
            kind = LineKind.TEXT if text else LineKind.CHROME
            links = links_in(raw)
            self.lines[number] = Line(number, raw, text, kind, links=links)

    def finished(self) -> tuple[Line, ...]:
        """The lines; what no token holds is markup alone, or blank."""
        lines = []
        for number, raw in enumerate(self.raws, start=1):
            line = self.lines.get(number)
            if line is None and raw.strip():
                definition = _DEFINITION.match(raw)
                links = (link_to(definition[1]),) if definition else ()
                markup = not re.search(r"\w", raw) or definition is not None
                line = Line(
                    number, raw, "" if markup else nfc(raw.strip()), LineKind.CHROME if markup else LineKind.TEXT
                )
                if links and line.kind is LineKind.TEXT:
                    line = Line(number, raw, line.text, line.kind, links=links)
            elif line is not None and not raw.strip():
                line = None
            elif line is not None and not line.text and not line.links:
                line = Line(number, raw, "", LineKind.CHROME)
            if line is not None and line.text and len(self.cells.get(number, [])) > 1:
                line = replace(line, cells=tuple(self.cells[number]))
            lines.append(line or Line(number, raw, "", LineKind.BLANK))
        return tuple(lines)


def _by_line(children: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            found.append([])
        else:
            found[-1].append(child)
    return found


def _words(children: Sequence[Token]) -> tuple[str, tuple[Link, ...], bool, bool]:
    """Return the words of a line, its links, and whether all of it is bold, or in italics."""
    words: list[str] = []
    links: list[Link] = []
    styles = Styles()
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            styles.bold += 1 if child.type == "strong_open" else -1
        elif child.type in ("em_open", "em_close"):
            styles.italic += 1 if child.type == "em_open" else -1
        elif child.type == "link_open":
            if address := kept(str(child.attrGet("href") or "")):
                links.append(link_to(address))
        elif child.type == "image":
            words.append(child.content)
        elif child.type == "html_inline":
            words.append(" ")
        elif child.content:
            words.append(child.content)
            styles.say(child.content)
    return " ".join("".join(words).split()), tuple(links), styles.is_strong, styles.is_italic
