"""The lines that count, with the white space around them: blank lines are the punctuation of plain pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.links import links_in, without_addresses
from surelle.collective.testimonies.rules.reading.source import Line, LineKind, Link, Source
from surelle.collective.testimonies.rules.reading.tables import unfolded

STRONG_RANK: Final = 7  # after the six levels of headings
PLAIN_RANK: Final = 8
SHORT: Final = 220  # no cue of structure is looked for in a longer line
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_CLOSES: Final = {"«": "»", "“": "”", "„": "“”", "‹": "›", '"': '"', "”": "”"}
_CLOSING: Final = '»”"›“'
_AROUND_SIGNATURE: Final = " \u00a0\u202f*_"
_AFTER_CLOSE: Final = " .,;:!?)…\u00a0\u202f*_"


@dataclass(slots=True)
class Piece:
    """A non-blank line that is no chrome; `before` and `after` count the blank lines around it."""

    number: int
    line: Line
    text: str
    folded: str
    before: int
    after: int
    rank: int  # 1 to 6 for headings, 7 for a bold line, 8 for plain text
    links: tuple[Link, ...]
    span: int = -1  # the quotation it belongs to, -1 for none
    opens: bool = False
    closes: bool = False
    rest: str = ""  # what follows the closing mark of a quotation

    @property
    def is_short(self) -> bool:
        return len(self.text) <= SHORT

    @property
    def is_heading(self) -> bool:
        return self.rank < STRONG_RANK

    @property
    def is_item(self) -> bool:
        return self.line.kind is LineKind.ITEM

    @property
    def is_capitals(self) -> bool:
        return self.is_short and self.text.isupper() and sum(map(str.isalpha, self.text)) >= 8 and " " in self.text

    @property
    def is_question_shaped(self) -> bool:
        return self.is_short and self.text.rstrip(' \u00a0\u202f»”"*_.!').endswith("?")

    @property
    def words_beside_links(self) -> str:
        if len(self.links) == 1 and self.text == self.links[0].url:
            return ""  # the name of a file kept beside the page
        return without_addresses(self.text)


def pieces_of(source: Source) -> tuple[list[Piece], list[int], list[int]]:
    """Return the lines that may be words, and the numbers of the lines that are chrome, and titles of tables."""
    pieces: list[Piece] = []
    chrome: list[int] = []
    titles: list[int] = []
    blank = 0
    for line in _without_tables(source.lines, titles):
        text = _INVISIBLE.sub("", line.text).strip()
        if not text and not line.links:
            if line.raw.strip():
                chrome.append(line.number)  # markup alone takes no room on the page
            else:
                blank += 1
            continue
        folded = fold(text)
        if line.kind is LineKind.CHROME or is_chrome(line, folded):
            chrome.append(line.number)
            continue
        if pieces:
            pieces[-1].after = blank
        rank = PLAIN_RANK
        if line.kind is LineKind.HEADING:
            rank = min(max(line.level, 1), 6)
        elif line.is_strong:
            rank = STRONG_RANK
        links = tuple(dict.fromkeys(line.links + links_in(text)))
        pieces.append(Piece(line.number, line, text, folded, blank, 0, rank, links))
        blank = 0
    if pieces:
        pieces[-1].after = 9  # nothing follows: as far as can be
        pieces[0].before = max(pieces[0].before, 2)
    _mark_quotations(pieces)
    return pieces, chrome, titles


def _without_tables(lines: Sequence[Line], titles: list[int]) -> Iterator[Line]:
    """Yield the lines, the rows of tables as the lines they stand for; note the rows that are titles of columns."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if len(line.cells) < 2:
            yield line
            place += 1
            continue
        rows = [line]
        end = place + 1
        while end < len(lines) and (lines[end].kind is LineKind.CHROME or len(lines[end].cells) == len(line.cells)):
            rows += [lines[end]] if lines[end].cells else []
            end += 1
        told = {row.number: meant for row, meant in unfolded(rows)}
        for row in lines[place:end]:
            meant = told.get(row.number, [row])
            if not meant:
                titles.append(row.number)
            yield from meant
        place = end


def is_chrome(line: Line, folded: str) -> bool:
    """Whether a line is navigation of the page, never said by a voice."""
    if not folded or len(folded) > 120 or line.links or line.kind not in (LineKind.TEXT, LineKind.ITEM):
        return False
    if cues.TO_COME.match(folded):
        return False
    return cues.CHROME.match(folded) is not None


def _mark_quotations(pieces: Sequence[Piece], reach: int = 40) -> None:
    """Mark the pieces between an opening and a closing quotation mark, over at most `reach` paragraphs."""
    ends = _Ends(pieces)
    span = 0
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        last: int | None = None
        if piece.line.kind is LineKind.QUOTE:
            last = index
            while last + 1 < len(pieces) and pieces[last + 1].line.kind is LineKind.QUOTE and not pieces[last].after:
                last += 1
        elif (marks := _CLOSES.get(piece.text[:1])) and not piece.is_heading:
            last = ends.of_quotation(index, marks, reach)
        if last is None:
            index += 1
            continue
        for inside in range(index, last + 1):
            pieces[inside].span = span
        piece.opens, pieces[last].closes = True, True
        pieces[last].rest = ends.rests[last]
        span, index = span + 1, last + 1


class _Ends:
    """Where quotations may end: for each piece, the closing mark at its end, and the next piece that has one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.rests = [""] * len(pieces)
        self.marks = [self._closing(place) for place in range(len(pieces))]
        far = len(pieces)
        self.following: dict[str, list[int]] = {mark: [far] * (far + 1) for mark in _CLOSING}
        for place in range(far - 1, -1, -1):
            for mark, found in self.following.items():
                found[place] = place if self.marks[place] == mark else found[place + 1]
                if pieces[place].is_heading:
                    found[place] = far  # no quotation runs over a heading

    def _closing(self, place: int) -> str:
        """Return the closing mark at the end of a piece, be it before a short signature; note the signature."""
        text = self.pieces[place].text
        position = max(text.rfind(mark) for mark in _CLOSING)
        if position < 0 or len(text) - position > 100:
            return ""
        rest = text[position + 1 :].strip(_AROUND_SIGNATURE)
        is_signature = bool(rest.strip(_AFTER_CLOSE))
        if is_signature and not (rest[0] in "-–—(,[/" or rest[0].isupper()):
            return ""
        self.rests[place] = rest if is_signature else ""
        return text[position] if position or len(text) == 1 else ""

    def of_quotation(self, first: int, marks: str, reach: int) -> int | None:
        """Return the last piece of the quotation that `first` opens, None when it is none."""
        text = self.pieces[first].text
        if self.marks[first] and self.marks[first] in marks and len(text) > 1:
            return first
        body = text[1:]
        if any(mark in body for mark in marks) and not (marks == '"' and body.count('"') % 2 == 0):
            return None  # « un mot » entre guillemets au début d'une phrase
        last = min(self.following[mark][first + 1] for mark in marks)
        return last if last < min(first + reach, len(self.pieces)) else None
