"""YesWiki as it is written: raw pages, the JSON of `api/pages`, and the plain text of the slide show.

The syntax is that of YesWiki's own formatter (`formatters/wakka.php`): titles between `=`, actions between braces, raw
HTML between doubled quotation marks. Line numbers are those of the body; markup alone is CHROME.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from surelle.collective.testimonies.gateways.addresses import kept
from surelle.collective.testimonies.gateways.plain import lines_of_text, nfc, rows
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.webpage import source_from_yeswiki_html
from surelle.collective.testimonies.rules.reading.links import addresses_in, link_to, links_in
from surelle.collective.testimonies.rules.reading.source import Line, LineKind, Link, Source

_OPENERS: Final = {'""': '""', "{{": "}}", "[[": "]]", "%%": "%%"}
_OPENER: Final = re.compile(r'""|\{\{|\[\[|%%')
_REACH: Final = {
    '""': 200_000,
    "{{": 4_000,
    "[[": 1_000,
    "%%": 200_000,
}  # an opener without an end within reach is text
_PARAMETER: Final = re.compile(r"([\w-]{1,40})\s{0,9}=\s{0,9}\"([^\"]{0,2000})\"")
_LIST: Final = re.compile(r"(?P<indent>[ \t\u00a0]{0,40})(?P<mark>[-•*]|[0-9A-Za-z]{1,3}\))[ \t\u00a0]+(?=\S)|"
                          r"(?P<tight>[ \t]{1,40})-(?=\S)")  # fmt: skip
_STYLE: Final = re.compile(r"\*\*|__|##|@@|££|(?<![:\w])//|//(?!\w)|(?<!-)---(?!-)")
_RULE: Final = re.compile(r"\s*-{3,}\s*")
_TABLE_EDGE: Final = re.compile(r"\[\||\|\]")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]{0,30})\b([^<>]{0,4000})>")
_ADDRESS_ATTRIBUTE: Final = re.compile(r"\b(?:href|src)\s{0,3}=\s{0,3}[\"']?(https?://[^\s\"'<>]{1,2000})", re.I)
_HIDDEN: Final = re.compile(r"<(script|style)\b(?:(?!</\1).)*(?:</\1\s*>)?|<!--(?:(?!-->).)*(?:-->)?", re.I | re.S)
_HTML_TITLE: Final = re.compile(r"h([1-6])", re.I)
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|bmp|ico)$", re.I)
_TITLED: Final = frozenset({"panel", "accordion", "section", "collapse", "card", "tab", "titre", "title", "jumbotron"})
_SERVERS: Final = {
    "youtube": "https://www.youtube.com/watch?v={id}",
    "vimeo": "https://vimeo.com/{id}",
    "dailymotion": "https://www.dailymotion.com/video/{id}",
    "peertube": "{instance}/w/{id}",
}  # fmt: skip
_INSTANCE: Final = "https://video.coop"  # YesWiki's own, when a page names no other
_HOLDERS: Final = frozenset(
    [
        "attach",
        "video",
        "audio",
        "player",
        "pdf",
        "iframe",
        "button",
        "soundcloud",
        "podcast",
        "url",
        "embed",
        "nextcloud",
    ]
)
_ADDRESS_PARAMETERS: Final = ("url", "link", "file", "src", "href", "fichier")
_NAME_PARAMETERS: Final = ("desc", "text", "title", "titre", "caption", "alt", "label")


def source_from_yeswiki(name: str, text: str, sha256: str, encoding: str) -> Source:
    """Return the lines of a raw page (decoded, LF ends)."""
    page = _Page(text)
    return Source(name, "yeswiki", sha256, page.lines(), encoding=encoding, remarks=page.remarks(name))


def source_from_slides(name: str, text: str, sha256: str, encoding: str) -> Source:
    """Return the lines of a slide show's plain text; its navigation is told apart by the rules."""
    return Source(name, "slides", sha256, lines_of_text(text), encoding=encoding)


def source_from_yeswiki_json(name: str, text: str, sha256: str, encoding: str) -> Source:
    """Return the lines of the page, or of all the pages one after the other, of `api/pages`.

    One page: the lines are those of its body. Several: each is led by its tag, as a heading of its own. Raises
    `UnreadableSource`: `no_words` when no page has a body.
    """
    pages = list(_pages(json.loads(text)))
    if not pages:
        raise UnreadableSource("no_words", name)
    if len(pages) == 1:
        page = pages[0]
        title = str(page.get("title") or "")
        body = page.get("body") or page.get("code")
        if not isinstance(body, str) or not body.strip():
            source = source_from_yeswiki_html(name, str(page.get("html") or ""), sha256, encoding)
            return Source(name, "yeswiki-json", sha256, source.lines, title or source.title, encoding, source.remarks)
        return Source(name, "yeswiki-json", sha256, _lines_of_body(body), title, encoding)
    lines: list[Line] = []
    for page in pages:
        tag = nfc(" ".join(str(page.get("title") or page.get("tag") or "").split()))
        if tag:
            lines.append(Line(len(lines) + 1, tag, tag, LineKind.HEADING, 1))
            lines.append(Line(len(lines) + 1, "", "", LineKind.BLANK))
        for line in _lines_of_body(str(page.get("body") or page.get("code") or "")):
            level = min(line.level + 1, 6) if line.kind is LineKind.HEADING else line.level
            lines.append(replace(line, number=len(lines) + 1, level=level))
        lines.append(Line(len(lines) + 1, "", "", LineKind.BLANK))
    return Source(name, "yeswiki-json", sha256, tuple(lines), encoding=encoding)


def _pages(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the pages in what `api/pages` gave: a page, a list of pages, or pages by their tags."""
    if isinstance(data, list):
        for value in data:
            yield from _pages(value, depth + 1)
    elif isinstance(data, dict):
        if any(isinstance(data.get(key), str) and data[key].strip() for key in ("body", "code", "html")):
            yield data
        elif depth < 4:
            for value in data.values():
                if isinstance(value, dict | list):
                    yield from _pages(value, depth + 1)


def _lines_of_body(body: str) -> tuple[Line, ...]:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if body.lstrip().startswith("{") and '"bf_' in body:
        try:
            form = json.loads(body)
        except ValueError:
            form = None
        if isinstance(form, dict):
            return _lines_of_form(form)
    return lines_of_wiki(body)


def _lines_of_form(form: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the words of a form filled in (« fiche Bazar »): its title, then each field that holds words."""
    lines: list[Line] = []
    title = nfc(" ".join(str(form.get("bf_titre") or "").split()))
    if title:
        lines.append(Line(1, title, title, LineKind.HEADING, 2))
    for name, value in form.items():
        if name == "bf_titre" or not isinstance(value, str) or not value.strip() or not name.startswith("bf_"):
            continue
        if _PICTURE.search(value) or re.fullmatch(r"[\d\s:/.-]+|\S*@\S*|[\w-]{1,3}", value.strip()):
            continue
        lines.append(Line(len(lines) + 1, "", "", LineKind.BLANK))
        for line in lines_of_wiki(value):
            lines.append(replace(line, number=len(lines) + 1))
    return tuple(lines)


# -- raw text ---------------------------------------------------------------------------------------------------------
def lines_of_wiki(text: str) -> tuple[Line, ...]:
    """Return the lines of a raw page, numbered from 1, without their markup."""
    return _Page(text).lines()


@dataclass
class _Marks:
    """What the actions and the HTML of one line said beside its words."""

    links: list[Link] = field(default_factory=list)
    title: int = 0  # level of a heading given by an action or a tag
    is_touched: bool = False


class _Page:
    def __init__(self, text: str) -> None:
        self.text = text
        self.raws = rows(text)
        self.marks: dict[int, _Marks] = {}
        self.unclosed: list[int] = []  # the lines of actions without an end
        self.line_end = -1  # the end of the line last looked at
        self.level = 1  # of the last heading met, above the panels that follow it

    def lines(self) -> tuple[Line, ...]:
        cleaned = rows(self._without_constructs())
        cleaned += [""] * (len(self.raws) - len(cleaned))
        return tuple(
            self._line(number, raw, words)
            for number, (raw, words) in enumerate(zip(self.raws, cleaned, strict=False), start=1)
        )

    def remarks(self, name: str) -> tuple[Remark, ...]:
        """What was noticed while the lines were read."""
        lines = self.unclosed
        return (Remark("unclosed_actions", file=name, count=len(lines), line=lines[0]),) if lines else ()

    # -- constructs that may run over lines ------------------------------------------------------------------------
    def _without_constructs(self) -> str:
        """Return the text with actions, links and raw HTML turned into words; the number of lines stays."""
        text, out = self.text, []
        next_end: dict[str, int] = {}
        at = number = 0
        while (opener := _OPENER.search(text, at)) is not None:
            start, mark = opener.start(), opener.group()
            number += text.count("\n", at, start)
            out.append(text[at:start])
            self._note_level(text, at, start)
            closer = _OPENERS[mark]
            end = next_end.get(closer, 0)
            if 0 <= end < start + 2:
                end = next_end[closer] = text.find(closer, start + 2)
            inner_end = end if 0 <= end <= start + _REACH[mark] else -1
            if mark == "{{" and inner_end >= 0 and text.find("{{", start + 2, inner_end) >= 0:
                inner_end = -1
            if inner_end < 0:
                at = self._unclosed(mark, start, number + 1, out)
                continue
            inner = text[start + 2 : inner_end]
            out.append(self._words_of(mark, inner, number + 1))
            number += inner.count("\n")
            at = inner_end + 2
        out.append(text[at:])
        return "".join(out)

    def _note_level(self, text: str, start: int, end: int) -> None:
        for heading in re.finditer(r"^[ \t]{0,9}(={2,6})[^=\n]", text[start:end], re.M):
            self.level = 7 - len(heading[1])

    def _unclosed(self, mark: str, start: int, number: int, out: list[str]) -> int:
        """Pass over an opener without an end: an action hides the rest of its line, the others only themselves."""
        self._mark(number).is_touched = True
        if mark != "{{":
            return start + 2
        self.unclosed.append(number)
        if self.line_end < start:  # looked for once a line, however many openers it has
            found = self.text.find("\n", start)
            self.line_end = len(self.text) if found < 0 else found
        line_end = self.line_end
        following = self.text.find("{{", start + 2, line_end)
        stop = following if following >= 0 else line_end
        inner = self.text[start + 2 : stop]
        out.append(self._action(inner, number))
        return stop

    def _words_of(self, mark: str, inner: str, number: int) -> str:
        self._mark(number).is_touched = True
        newlines = "\n" * inner.count("\n")
        if mark == "{{":
            for offset in range(inner.count("\n") + 1):
                self._mark(number + offset).is_touched = True
            return self._action(inner, number) + newlines
        if mark == "[[":
            return self._link(inner, number) + newlines
        if mark == "%%":
            return re.sub(r"^\([\w +-]{1,40}\)", "", inner)
        return self._html(inner, number)

    def _mark(self, number: int) -> _Marks:
        return self.marks.setdefault(number, _Marks())

    def _link(self, inner: str, number: int) -> str:
        address, _, label = " ".join(inner.split()).partition(" ")
        if address.lower().startswith(("http://", "https://")):
            self._mark(number).links.append(link_to(address))
            return label or address
        return label or address.removeprefix("mailto:").removeprefix("#")

    def _action(self, inner: str, number: int) -> str:
        """Return what an action shows of words; its address goes to the links of the line."""
        name = re.match(r"\s*(\w+)", inner)
        given = {key.lower(): html.unescape(value).strip() for key, value in _PARAMETER.findall(inner)}
        action = name[1].lower() if name else ""
        title = next((given[key] for key in _NAME_PARAMETERS if given.get(key)), "")
        if action in _TITLED:
            if title := given.get("title") or given.get("titre") or given.get("text") or "":
                self._mark(number).title = min(self.level + 1, 6)
            return title
        address = self._address(action, given)
        if not address or _PICTURE.search(address):
            return title if action in ("label", "button") else ""
        self._mark(number).links.append(link_to(address))
        return title or address

    def _address(self, action: str, given: Mapping[str, str]) -> str:
        if action == "video" and given.get("id"):
            server = (given.get("serveur") or given.get("server") or "peertube").lower()
            instance = next((given[key] for key in ("peertubeinstance", "instance") if given.get(key)), _INSTANCE)
            return _SERVERS.get(server, _SERVERS["peertube"]).format(id=given["id"], instance=instance.rstrip("/"))
        if action in _HOLDERS:
            return next((found for key in _ADDRESS_PARAMETERS if (found := kept(given.get(key, "")))), "")
        return ""

    def _html(self, inner: str, number: int) -> str:
        """Return the words of raw HTML, line by line; addresses and titles are told, scripts are dropped."""
        inner = _HIDDEN.sub(lambda hidden: "\n" * hidden.group().count("\n"), inner)
        out: list[str] = []
        at = 0
        line = number
        for tag in _TAG.finditer(inner):
            before = inner[at : tag.start()]
            out.append(before)
            line += before.count("\n")
            marks = self._mark(line)
            marks.is_touched = True
            for address in _ADDRESS_ATTRIBUTE.findall(tag[3]):
                if not _PICTURE.search(address):
                    marks.links.append(link_to(html.unescape(address)))
            if not tag[1] and (heading := _HTML_TITLE.fullmatch(tag[2])):
                marks.title = int(heading[1])
            out.append(("**" if tag[2].lower() in ("b", "strong") else " ") + "\n" * tag.group().count("\n"))
            line += tag.group().count("\n")
            at = tag.end()
        out.append(inner[at:])
        for offset in range(inner.count("\n") + 1):
            self._mark(number + offset).is_touched = True
        return html.unescape("".join(out))

    # -- one line ----------------------------------------------------------------------------------------------------
    def _line(self, number: int, raw: str, words: str) -> Line:
        marks = self.marks.get(number) or _Marks()
        stripped = words.strip()
        if not raw.strip():
            return Line(number, raw, "", LineKind.BLANK)
        level = marks.title
        if stripped.startswith("==") and (bare := stripped.strip("=").strip()):
            level = 7 - min(len(stripped) - len(stripped.lstrip("=")), 6)
            stripped = bare
        elif _RULE.fullmatch(stripped):
            return Line(number, raw, "", LineKind.CHROME)
        kind, depth = (LineKind.HEADING, level) if level else (LineKind.TEXT, 0)
        if not level and (item := _LIST.match(words)):
            kind, depth = LineKind.ITEM, max(1, len((item["indent"] or item["tight"] or "").replace("\t", "  ")))
            mark = item["mark"] or "-"
            # the number of an item may be that of a question: it stays with the words
            stripped = words[item.end() :].strip() if mark in "-•*" or not mark[0].isdigit() else stripped
            if mark[0].isdigit():
                kind = LineKind.ITEM if item["indent"] else LineKind.TEXT
                depth = depth if item["indent"] else 0
        elif not level and stripped.startswith(">"):
            kind, depth, stripped = LineKind.QUOTE, 1, stripped.lstrip("> ")
        cells = tuple(nfc(_plain(cell.strip(" !"))[0]) for cell in _cells(stripped)) if kind is LineKind.TEXT else ()
        text, strong = _plain(stripped)
        italic = len(stripped) > 6 and stripped.startswith("//") and stripped.rstrip(" :").endswith("//")
        links = tuple(dict.fromkeys([*marks.links, *links_in(text)]))
        if not text and links:
            text = links[0].url
        if not text or ((marks.is_touched or _TABLE_EDGE.search(raw)) and not re.search(r"\w", text)):
            return Line(number, raw, "", LineKind.CHROME)
        plain = kind is LineKind.TEXT
        return Line(
            number, raw, nfc(text), kind, depth, links=links, is_strong=strong and plain, is_italic=italic and plain,
            cells=cells,
        )  # fmt: skip


def _cells(text: str) -> list[str]:
    """Return the cells of a row of a table, « | a | b | », empty when the line is none."""
    if not text.startswith(("[|", "|")) and not text.endswith("|]"):
        return []
    inner = _TABLE_EDGE.sub("|", text).strip().removeprefix("|").removesuffix("|")
    cells = inner.split("|")
    return cells if len(cells) > 1 else []


def _plain(text: str) -> tuple[str, bool]:
    """Return a line without its styles and cells, and whether all of it was bold or underlined."""
    bare = text.strip().rstrip(": \u00a0")
    strong = any(
        len(bare) > 4 and bare.startswith(mark) and bare.endswith(mark) and mark not in bare[2:-2]
        for mark in ("**", "__")
    )
    if text.startswith(("[|", "|")) or text.endswith("|]"):
        cells = [cell.strip(" !*") for cell in _TABLE_EDGE.sub("|", text).split("|")]
        text = " : ".join(cell for cell in cells if cell)
    out: list[str] = []
    at = 0
    for start, end in addresses_in(text):
        out += [_STYLE.sub(_spaced, text[at:start]), text[start:end]]
        at = end
    out.append(_STYLE.sub(_spaced, text[at:]))
    return " ".join("".join(out).split()), strong


def _spaced(mark: re.Match[str]) -> str:
    return " " if mark.group() == "---" else ""
