"""A reading as plain data: what `import_testimonies --dry-run --json` prints and what the review screen starts from."""

from __future__ import annotations

from typing import Any

from surelle.collective.testimonies.rules.reading.reasons import sentence
from surelle.collective.testimonies.rules.reading.source import Answer, Entry, Link, Reading


def as_json(reading: Reading, language: str = "fr") -> dict[str, Any]:
    """Return a reading as JSON-ready data; reasons are sentences in `language`, their codes stand in `reason_codes`."""
    return {
        "source": {"sha256": reading.source.sha256, "lines": len(reading.source.lines)},
        "title": reading.title,
        "entries": [_entry(entry, language) for entry in reading.entries],
        "chrome_lines": list(reading.chrome_lines),
        "unread_lines": list(reading.unread_lines),
        "heading_lines": list(reading.heading_lines),
        "guide": list(reading.guide),
        "remarks": [_remark(remark, language) for remark in reading.source.remarks],
    }


def _entry(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "author": entry.author or None,
        "group": entry.group or None,
        "group_kind": entry.group_kind or None,
        "tenure": entry.tenure or None,
        "state": "empty" if entry.is_empty else "content",
        "date": entry.date or None,
        "lines": list(entry.lines),
        "links": [_link(link) for link in entry.links],
        "answers": [_answer(answer, language) for answer in entry.answers],
        "confidence": entry.confidence,
        "reasons": [sentence(reason, language) for reason in entry.reasons],
        "reason_codes": list(entry.reasons),
        "addressee": entry.addressee or None,
        "context": entry.context or None,
        "text": entry.text,
        "mentions": list(entry.mentions),
        "signed_as": entry.signed_as or None,
    }


def _remark(remark: str, language: str) -> str:
    """Return a remark in `language` when it knows how to say itself in several."""
    say = getattr(remark, "message", None)
    return str(say(language)) if say is not None else str(remark)


def _link(link: Link) -> dict[str, Any]:
    return {"url": link.url, "service": link.service or None, "expires": link.expires}


def _answer(answer: Answer, language: str) -> dict[str, Any]:
    return {
        "question": answer.question or None,
        "question_state": answer.question_state.value,
        "lines": list(answer.lines),
        "text": answer.text,
        "confidence": answer.confidence,
        "reasons": [sentence(reason, language) for reason in answer.reasons],
        "reason_codes": list(answer.reasons),
        "question_line": answer.question_line or None,
    }
