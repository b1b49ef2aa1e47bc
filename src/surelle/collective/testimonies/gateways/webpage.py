"""Rendered HTML: the words of the content of a page, as the lines that a reader sees.

A YesWiki page shows its words in `div.page`; other pages in `main` or `article`. What stands outside (menus, header,
footer, edit bars) is left out, what stands inside but navigates becomes CHROME. Scripts, styles and event handlers
never reach a line.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from surelle.collective.testimonies.gateways.addresses import kept
from surelle.collective.testimonies.gateways.elements import found, words_of
from surelle.collective.testimonies.gateways.limits import TAG_DEPTH
from surelle.collective.testimonies.gateways.lines import LineWriter, clean
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.styles import Styles
from surelle.collective.testimonies.rules.reading.links import link_to
from surelle.collective.testimonies.rules.reading.source import LineKind, Link, Source

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
LISTS: Final = frozenset({"ul", "ol", "dl", "menu"})
ITEMS: Final = frozenset({"li", "dd"})
# Blocks that stand apart, with a blank line around; the other blocks only start a line.
APART: Final = frozenset(
    {"p", "blockquote", "table", "hr", "figure", "section", "article", "pre", "details", "form", "fieldset", *HEADINGS}
)
BLOCKS: Final = APART | LISTS | ITEMS | frozenset(
    {"div", "body", "html", "main", "header", "footer", "nav", "aside", "address", "dt", "tr", "td", "th", "caption",
     "figcaption", "summary", "legend", "center", "title", "thead", "tbody", "tfoot", "hgroup"}
)  # fmt: skip
DROPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "input", "select", "textarea", "datalist",
     "canvas", "meta", "link", "map"}
)  # fmt: skip
MEDIA: Final = {"iframe": "src", "video": "src", "audio": "src", "source": "src", "embed": "src", "object": "data"}
# What a row of one line cannot hold.
GRID_BREAKERS: Final = (
    DROPPED
    | LISTS
    | frozenset({*HEADINGS, "br", "hr", "pre", "blockquote", "iframe", "video", "audio", "embed", "object"})
)
BOLD: Final = frozenset({"b", "strong", "u"})
ITALIC: Final = frozenset({"i", "em", "cite"})
BOLD_STYLE: Final = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.I)
ITALIC_STYLE: Final = re.compile(r"font-style\s{0,9}:\s{0,9}(?:italic|oblique)", re.I)
CHROME_TAGS: Final = frozenset({"nav", "footer"})
CHROME_ROLES: Final = frozenset({"navigation", "contentinfo", "banner", "search", "toolbar", "menubar"})
CHROME_CLASSES: Final = frozenset(
    {"footer", "navbar", "breadcrumb", "breadcrumbs", "topnav", "yw-topnav", "edit-bar", "editbar", "actions-bar",
     "page-tools", "link-edit", "edit-page", "sidebar", "pagination", "skip-link", "sr-only", "toc", "cookies"}
)  # fmt: skip
CONTENTS: Final = (
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' page ')]",
    "//main|//*[@role='main']",
    "//article[count(//article) = 1]",
    "//*[@id='content']",
    "//body",
)
SPACES: Final = re.compile(r"[ \t\n\r\f]+")


def source_from_html(name: str, text: str, sha256: str, encoding: str = "utf-8") -> Source:
    """The lines of the content of a page.

    `text` is decoded, with LF ends; line numbers are those of the extracted lines.
    Raises `UnreadableSource`: `nesting`, `no_words`.
    """
    return _source("html", name, text, sha256, encoding)


def source_from_yeswiki_html(name: str, text: str, sha256: str, encoding: str = "utf-8") -> Source:
    """The lines of the content of a page as YesWiki shows it; raises as `source_from_html`."""
    return _source("yeswiki-html", name, text, sha256, encoding)


def _source(format: str, name: str, text: str, sha256: str, encoding: str) -> Source:
    tree = _tree(name, text)
    content = _content(tree)
    writer = LineWriter(name)
    _Page(writer, _base(tree)).read(content)
    lines = writer.finished()
    if not lines:
        raise UnreadableSource("no_words", name)
    remarks = []
    if dropped := _dropped(tree):
        remarks.append(Remark("scripts_dropped", file=name, count=len(dropped), line=dropped[0]))
    if content.tag != "body" and _words_outside(tree, content):
        remarks.append(Remark("outside_content"))
    return Source(
        name=name, format=format, sha256=sha256, lines=lines, title=_title(tree), encoding=encoding,
        remarks=tuple(remarks),
    )  # fmt: skip


def _tree(name: str, text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError:
        tree = None
    # Past its limit libxml2 goes on without the words that follow: a page half read would look whole.
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnreadableSource("nesting", name, limit=TAG_DEPTH)
    if tree is None:
        raise UnreadableSource("no_words", name)
    return tree


def _content(tree: etree._Element) -> etree._Element:
    """The element that holds the words: of the first kind of `CONTENTS` that has any, the one with most words."""
    for path in CONTENTS:
        holders: list[etree._Element] = [element for element in found(tree, path) if _weight(element)]
        if holders:
            return max(holders, key=_weight)
    return tree


def _weight(element: etree._Element) -> int:
    return len(words_of(element).strip()) + len(element.findall(".//iframe"))


def _words_outside(tree: etree._Element, content: etree._Element) -> bool:
    bodies = found(tree, "//body")
    return bool(bodies) and _weight(bodies[0]) > _weight(content)


def _title(tree: etree._Element) -> str:
    for path in ("//head/title", "//title", "//h1"):
        for element in found(tree, path):
            if title := SPACES.sub(" ", clean(words_of(element))).strip():
                return title
    return ""


def _base(tree: etree._Element) -> str:
    for value in found(tree, "//base/@href | //link[@rel='canonical']/@href"):
        if str(value).lower().startswith(("http://", "https://")):
            return str(value)
    return ""


def _dropped(tree: etree._Element) -> list[int]:
    """The lines of the scripts, styles and automatic actions that the page carried."""
    scripts = [element.sourceline or 1 for element in found(tree, "//script | //style")]
    handlers = [value.getparent().sourceline or 1 for value in found(tree, "//@*[starts-with(name(), 'on')]")]
    addresses = [
        value.getparent().sourceline or 1
        for value in found(tree, "//@href | //@src")
        if str(value).strip().lower().startswith("javascript:")
    ]
    return sorted(scripts + handlers + addresses)


class _Page:
    """A walk through the content, without recursion: what is open, and the line under way."""

    def __init__(self, writer: LineWriter, base: str) -> None:
        self.writer = writer
        self.base = base
        self.parts: list[str] = []
        self.links: list[Link] = []
        self.styles = Styles()
        self.grids: set[etree._Element] = set()
        self.heading = self.lists = self.items = self.quotes = self.chrome = self.pre = 0
        self.paragraphs: list[int] = []  # how many lines stood when each open paragraph began
        self.anchors: list[tuple[str, int]] = []

    def read(self, content: etree._Element) -> None:
        walk = etree.iterwalk(content, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if not tag or tag in DROPPED or "hidden" in element.attrib:
                    walk.skip_subtree()
                    continue
                if tag == "table" and self.grid(element):
                    walk.skip_subtree()
                    continue
                self.open(element, tag)
                self.say(element.text)
            else:
                if element in self.grids:
                    self.writer.blank()
                elif tag and tag not in DROPPED and "hidden" not in element.attrib:
                    self.close(element, tag)
                if element is not content:
                    self.say(element.tail)
        self.flush()

    def grid(self, table: etree._Element) -> bool:
        """Write a plain table, a line a row with its cells; whether it is one, each cell of a single paragraph."""
        rows = found(table, ".//tr")
        if self.chrome or len(rows) < 2 or any(element.tag in GRID_BREAKERS for element in table.iter()):
            return False
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        width = len(cells[0])
        if width < 2 or any(len(row) != width for row in cells):
            return False
        if any(len(found(cell, ".//p")) > 1 for row in cells for cell in row):
            return False
        self.flush()
        self.writer.blank()
        for row in cells:
            words = tuple(SPACES.sub(" ", words_of(cell)).strip() for cell in row)
            addresses = [kept(str(href), self.base) for cell in row for href in found(cell, ".//a/@href")]
            links = tuple(link_to(url) for url in dict.fromkeys(addresses) if url)
            if any(words):
                self.writer.add(" : ".join(filter(None, words)), links=links, cells=words)
        self.grids.add(table)
        return True

    def open(self, element: etree._Element, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            if tag in APART or (tag in LISTS and not self.lists):
                self.writer.blank()
        self.heading = HEADINGS.get(tag, self.heading)
        self.lists += tag in LISTS
        self.items += tag in ITEMS
        self.quotes += tag == "blockquote"
        self.style(element, tag, 1)
        self.pre += tag == "pre"
        if tag == "p":
            self.paragraphs.append(len(self.writer.lines))
        if self.is_chrome(element, tag):
            self.flush()
            self.chrome += 1
        if tag == "br":
            self.line_end()
        elif tag == "q":
            self.parts.append('"')
        elif tag == "a":
            self.anchors.append((kept(element.get("href", ""), self.base), len(self.parts)))
        elif tag in MEDIA:
            self.medium(element.get(MEDIA[tag]) or element.get("data-src") or "")

    def close(self, element: etree._Element, tag: str) -> None:
        if tag == "q":
            self.parts.append('"')
        elif tag == "a" and self.anchors:
            self.anchor(*self.anchors.pop())
        if tag in BLOCKS:
            self.flush()
        if self.is_chrome(element, tag):
            self.flush()
            self.chrome -= 1
        if tag in HEADINGS:
            self.heading = 0
        self.lists -= tag in LISTS
        self.items -= tag in ITEMS
        self.quotes -= tag == "blockquote"
        self.style(element, tag, -1)
        self.pre -= tag == "pre"
        if tag == "p" and self.paragraphs and self.paragraphs.pop() == len(self.writer.lines):
            self.writer.gap()
        if tag in APART or (tag in LISTS and not self.lists):
            self.writer.blank()

    def style(self, element: etree._Element, tag: str, step: int) -> None:
        given = element.get("style", "")
        self.styles.bold += step * (tag in BOLD or bool(given and BOLD_STYLE.search(given)))
        self.styles.italic += step * (tag in ITALIC or bool(given and ITALIC_STYLE.search(given)))

    def is_chrome(self, element: etree._Element, tag: str) -> bool:
        """Whether this element navigates; a footer inside a quotation names its author."""
        if tag in CHROME_TAGS:
            return not (tag == "footer" and next(element.iterancestors("blockquote"), None) is not None)
        if element.get("role", "").lower() in CHROME_ROLES:
            return True
        return not CHROME_CLASSES.isdisjoint(element.get("class", "").lower().split())

    def say(self, text: str | None) -> None:
        if not text:
            return
        words = text if self.pre else SPACES.sub(" ", text)
        self.parts.append(words)
        self.styles.say(words)

    def anchor(self, url: str, start: int) -> None:
        if not url or url in {known.url for known in self.links}:
            return
        if "".join(self.parts[start:]).strip():
            self.links.append(link_to(url))
        elif not url.lower().startswith("http"):
            self.medium(url)

    def medium(self, href: str) -> None:
        """A film, a sound, a frame: a line of its own, whose words are its address."""
        if url := kept(href, self.base) or (href if href.startswith("http") else ""):
            self.flush()
            self.writer.add(url, self.kind(), level=self.level(), links=(link_to(url),))

    def line_end(self) -> None:
        if self.heading or self.pre:
            self.parts.append("\n")
        elif "".join(self.parts).strip():
            self.flush()
        else:
            self.writer.gap()

    def kind(self) -> LineKind:
        if self.chrome:
            return LineKind.CHROME
        if self.heading:
            return LineKind.HEADING
        if self.quotes:
            return LineKind.QUOTE
        return LineKind.ITEM if self.items else LineKind.TEXT

    def level(self) -> int:
        kind = self.kind()
        if kind is LineKind.HEADING:
            return self.heading
        return max(self.lists, 1) if kind is LineKind.ITEM else 0

    def flush(self) -> None:
        """End the line under way."""
        text = "".join(self.parts)
        if text.strip():
            kind = self.kind()
            words = text.strip("\n") if self.pre else SPACES.sub(" ", text).strip()
            plain = kind is LineKind.TEXT
            self.writer.add(
                words, kind, level=self.level(), links=tuple(self.links),
                is_strong=plain and self.styles.is_strong, is_italic=plain and self.styles.is_italic,
            )  # fmt: skip
        self.parts, self.links = [], []
        self.styles.start_line()
        self.anchors = [(url, 0) for url, _ in self.anchors]
