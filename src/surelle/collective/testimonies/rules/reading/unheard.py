"""Groups that a page names and does not let speak: voices not heard yet."""

from __future__ import annotations

from collections.abc import Sequence

from surelle.collective.testimonies.rules.reading.folding import key
from surelle.collective.testimonies.rules.reading.reasons import reason
from surelle.collective.testimonies.rules.reading.sections import Layout
from surelle.collective.testimonies.rules.reading.source import Entry, EntryKind


def empty_groups(layout: Layout, taken: Sequence[Entry]) -> list[Entry]:
    """Return an empty entry for each heading that names a group and is followed by nothing: a group not heard yet."""
    heard = {key(entry.group) for entry in taken}
    found = []
    for place, section in enumerate(layout.sections):
        if not section.group or section.group_line != section.line or not section.line or section.drafts:
            continue
        following = layout.sections[place + 1] if place + 1 < len(layout.sections) else None
        if following is not None and (
            following.group == section.group or (section.level and following.level > section.level)
        ):
            continue
        if key(section.group) in heard or section.is_group_loose or section.number == 0:
            continue
        kind = {"feedback": EntryKind.FEEDBACK, "interview": EntryKind.INTERVIEW, "media": EntryKind.MEDIA}.get(
            section.kind
        )
        found.append(
            Entry(
                id="",
                kind=kind or EntryKind.QUOTE,
                lines=(section.line, section.line),
                group=section.group,
                group_kind=section.group_kind,
                tenure="newcomer" if section.is_newcomer else "",
                is_empty=True,
                date=section.date,
                confidence=0.5,
                reasons=(reason("group_heading", section.line), reason("empty_group"), reason("no_author")),
            )
        )
    return found
