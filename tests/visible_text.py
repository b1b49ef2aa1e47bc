"""Texts of a template that a person reads and that no translation tag marks."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

# Attributes that a person sees or hears; those of our components among them.
READ_ALOUD = {
    *("title", "alt", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription", "data-confirm"),
    *("heading", "legend", "summary", "hint", "help", "text", "caption", "empty", "confirm", "message", "description"),
    *("action", "subtitle", "lead", "undo"),
}
SILENT_ELEMENTS = {"script", "style", "code", "kbd", "samp"}
VOID_ELEMENTS = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Names and abbreviations that are the same in every language.
SAME_EVERYWHERE = {
    *("Surelle", "CSV", "XLSX", "PDF", "DOCX", "ODT", "HTML", "JSON", "QDPX", "QDC", "REFI-QDA", "Markdown", "YesWiki"),
    *(
        "SRT",
        "VTT",
        "TOTP",
        "IBAN",
        "SIREN",
        "SIRET",
        "RGPD",
        "AGPL",
        "Taguette",
        "px",
        "Français",
        "English",
        "AGPL-3.0-or-later",
        "URL",
    ),
}
WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
UNREAD = {"blocktrans": "endblocktrans", "blocktranslate": "endblocktranslate", "comment": "endcomment"}


class Reader(HTMLParser):
    """Collects the words that a person would read; `translate="no"` on an element says that it has no language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silences: list[str] = []

    def note(self, text: str | None) -> None:
        words = [word for word in WORD.findall(text or "") if len(word) > 1 and word not in SAME_EVERYWHERE]
        if words:
            self.found.append((self.getpos()[0], " ".join((text or "").split())[:80]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self.silences:
            for name, value in attrs:
                says_something = name in READ_ALOUD and not is_technical(tag, name, value)
                if says_something or (tag.startswith("c-") and looks_like_a_sentence(value)):
                    self.note(value)
        is_silent = tag in SILENT_ELEMENTS or given.get("translate") == "no"
        if (is_silent or self.silences) and tag not in VOID_ELEMENTS:
            self.silences.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.silences and tag not in VOID_ELEMENTS:
            self.silences.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silences:
            while self.silences.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silences:
            self.note(data)


def is_technical(tag: str, name: str, value: str | None) -> bool:
    """Say whether the value is an address or a name of code: `action="/…"`, `text="body"` of a component."""
    return name == "action" or (bool(re.fullmatch(r"[a-z0-9_\-./:#]*", value or "")) and tag.startswith("c-"))


def looks_like_a_sentence(value: str | None) -> bool:
    return bool(re.search(r"[A-ZÀ-Ý]?[^\W\d_]+ [^\W\d_]+.*[éèêàùçœ’.!?]|[éèêàçœ]", value or ""))


def untranslated(template: Path) -> list[tuple[int, str]]:
    """Return line and words of each text of an HTML template that is outside of a translation tag."""
    source, parts, until = template.read_text(encoding="utf-8"), [], ""
    for token in Lexer(source).tokenize():
        line_breaks = "\n" * token.contents.count("\n")
        if token.token_type == TokenType.BLOCK:
            name, *rest = token.contents.split() or [""]
            # `{% block main_class %}wide{% endblock %}` fills an attribute of the page below.
            opens = "endblock" if name == "block" and rest[0].endswith("_class") else UNREAD.get(name, "")
            until = ("" if name == until else until) if until else opens
            parts.append(" " + line_breaks)
        elif token.token_type == TokenType.TEXT and not until:
            parts.append(token.contents)
        else:
            parts.append(" " + line_breaks)
    reader = Reader()
    reader.feed("".join(parts))
    reader.close()
    return reader.found
