"""From parts to drafts: which lines belong to one voice, in which section, under which question."""

from __future__ import annotations

from collections.abc import Sequence

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.arrangement import (
    as_dialogues,
    host_of,
    interviewers_of,
    places_of_shared_questions,
    with_signatures,
)
from surelle.collective.testimonies.rules.reading.dates import date_in
from surelle.collective.testimonies.rules.reading.headings import Heading
from surelle.collective.testimonies.rules.reading.names import NameShape, name_shape, same_person
from surelle.collective.testimonies.rules.reading.neighbours import (
    guide_of,
    is_another_voice,
    is_medium_beside,
    is_past_row,
    is_signature_block,
)
from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK, Piece
from surelle.collective.testimonies.rules.reading.roles import Part, Role
from surelle.collective.testimonies.rules.reading.sections import Draft, Layout, Section, inherit
from surelle.collective.testimonies.rules.reading.source import LineKind


def layout_of(parts: Sequence[Part], title: str = "") -> Layout:
    """Return the drafts of a page in order."""
    return _Laying(with_signatures(as_dialogues(parts)), title).layout()


class _Laying:
    def __init__(self, parts: Sequence[Part], title: str) -> None:
        self.parts = parts
        self.result = Layout(title)
        self.section = Section(0)
        self.stack: list[Section] = []
        self.draft: Draft | None = None
        self.asked: Part | None = None
        self.result.sections.append(self.section)
        self.by_question = places_of_shared_questions(parts)
        self.interviewers = interviewers_of(parts)
        title_part = next((part for part in parts[:1] if part.role is Role.TITLE), None)
        self.guest = title_part.heading.voice if title_part is not None and title_part.heading is not None else None
        self.host = host_of(parts)  # whose page it is, when its title names one person and nothing names another

    def layout(self) -> Layout:
        for place, part in enumerate(self.parts):
            self._place(place, part)
        self._close()
        return self.result

    def _place(self, place: int, part: Part) -> None:
        match part.role:
            case Role.TITLE:
                self._title(place, part)
            case Role.SECTION:
                self._open_section(place, part, part.heading or Heading(part.piece.text))
            case Role.SUBHEADING:
                self._subheading(place, part)
            case Role.AUTHOR if is_signature_block(self.draft, part):
                part.role, part.words = Role.BODY, part.piece.text
                self._say(place, part)
            case Role.AUTHOR:
                self._open_voice(part)
            case Role.SIGNATURE:
                self._sign(part)
            case Role.QUESTION if place in self.by_question:
                self._close()
                self.asked = part
                self.result.heading_lines.append(part.piece.number)
            case _:
                self._say(place, part)

    # -- headings ------------------------------------------------------------------------------------------------
    def _title(self, place: int, part: Part) -> None:
        self.result.title = part.piece.text  # nearer to the voices than the title of the file
        self.result.heading_lines.append(part.piece.number)
        heading = part.heading
        if heading is None:
            return
        following = self.parts[place + 1] if place + 1 < len(self.parts) else None
        opens = following is not None and following.role is not Role.SECTION
        if opens or heading.group:
            section = self.section
            section.line, section.text, section.kind = part.piece.number, part.piece.text, heading.kind
            section.level = part.piece.rank if part.piece.is_heading else 0
            section.is_newcomer = heading.is_newcomer
            self._fill(section, heading, part.piece)
            if section.level:
                self.stack = [section]

    def _fill(self, section: Section, heading: Heading, piece: Piece) -> None:
        if heading.group is not None:
            section.group, section.group_kind, section.group_line = heading.group.name, heading.group.kind, piece.number
            section.is_group_loose = not heading.group.kind
        if heading.date:
            section.date, section.date_line = heading.date, piece.number

    def _open_section(self, place: int, part: Part, heading: Heading) -> None:
        self._close()
        before, piece = self.section, part.piece
        section = Section(len(self.result.sections), piece.number, piece.rank if piece.is_heading else 0)
        section.text = piece.text
        section.kind = heading.kind
        section.is_newcomer = heading.is_newcomer
        if section.level:
            while self.stack and self.stack[-1].level >= section.level:
                self.stack.pop()
            parent = self.stack[-1] if self.stack else None
            self.stack.append(section)
        else:
            adjacent = place > 0 and self.parts[place - 1].role in (Role.SECTION, Role.TITLE)
            parent = before if adjacent and not (heading.kind and before.kind == heading.kind) else None
            if parent is not None and parent.number == 0 and not parent.group:
                parent = None
        if parent is not None:
            inherit(section, parent)
        self._fill(section, heading, piece)
        self.section, self.asked = section, None
        self.result.sections.append(section)
        self.result.heading_lines.append(piece.number)

    def _subheading(self, place: int, part: Part) -> None:
        """A heading that is neither a name nor a question nor a known kind: part of a voice, or a new section."""
        if is_past_row(self.draft, part.piece):
            self._close()
        piece, draft = part.piece, self.draft
        if draft is None and self.host is not None:
            draft = self.draft = self._nameless_draft()
        if draft is not None and not draft.is_signed and draft.shape is not None:
            held_by = draft.author.piece.rank if draft.author else self.section.level
            floor = draft.asked.piece.rank if draft.asked is not None else 0
            if piece.rank > max(floor, held_by if held_by < STRONG_RANK else self.section.level, self.section.level):
                draft.add(part)
                return
        heading = part.heading or Heading(piece.text)
        self._open_section(place, part, heading)
        may_name = len(piece.text.split()) <= 6 and not cues.NO_GROUP.search(piece.folded)
        if not self.section.group and may_name and _names_follow(self.parts, place):
            self.section.group, self.section.group_line = piece.text.rstrip(" :"), piece.number
            self.section.is_group_loose = True
        if not self.section.kind and self.stack[:-1]:
            self.section.kind = self.stack[-2].kind

    # -- voices --------------------------------------------------------------------------------------------------
    def _open_voice(self, part: Part) -> None:
        self._close()
        section = self.section
        if part.heading is not None and part.heading.kind and part.piece.is_heading:
            while self.stack and self.stack[-1].level >= part.piece.rank:
                self.stack.pop()
            if self.stack and section is not self.stack[-1]:
                section = self._sub_section(self.stack[-1], part)
        is_bold = part.piece.rank == STRONG_RANK
        if (
            part.heading is not None
            and part.heading.kind
            and not part.piece.is_heading
            and not is_bold
            and section.bare_names
        ):
            # plain names stood under the section; a name in a heading stands beside the section, not in it
            number, line = len(self.result.sections), part.piece.number
            section = Section(number, line, kind=part.heading.kind, text=part.piece.text)
            self.section = section
            self.result.sections.append(section)
        section.bare_names += part.heading is None
        draft = Draft(section, [part], part, part.shape, part.form, self.asked)
        section.voices += 1
        self.draft = draft

    def _sub_section(self, parent: Section, part: Part) -> Section:
        """« Interview de X » at the level of the sections stands beside them, under their parent."""
        section = Section(len(self.result.sections), part.piece.number, part.piece.rank, text=part.piece.text)
        inherit(section, parent)
        self.section = section
        self.result.sections.append(section)
        return section

    def _sign(self, part: Part) -> None:
        draft = self.draft
        if draft is not None and draft.shape is None and not draft.is_signed:
            draft.add(part)
            draft.author, draft.shape, draft.form, draft.is_signed = part, part.shape, part.form, True
            self.section.voices += 1
        elif draft is not None and draft.shape is not None and part.shape and draft.shape.author:
            if not same_person(draft.shape.author, part.shape.author):
                self._open_voice(part)
                return
            part.role, part.words = Role.BODY, part.piece.text  # a signature under a mail that has its author
            draft.add(part)
        else:
            self._open_voice(part)

    def _say(self, place: int, part: Part) -> None:
        piece = part.piece
        if piece.line.kind is LineKind.SPEAKER:
            self._speak(part)
            return
        if (
            self.draft is None
            or is_past_row(self.draft, piece)
            or self.draft.is_signed
            or is_another_voice(self.draft, self.parts, place)
            or is_medium_beside(self.draft, part)
        ):
            self._close()
            self.draft = self._nameless_draft()
        draft = self.draft
        draft.add(part)
        if piece.closes and piece.rest and draft.shape is None:
            shape = name_shape(piece.rest.strip(" -–—,;:/([").rstrip(")] "))
            if shape is not None and shape.score >= 1.0:
                draft.author, draft.shape, draft.form, draft.is_signed = part, shape, "name_signature", True
                part.words = piece.text[: piece.text.rfind(piece.rest)].rstrip(" -–—,;:/([\u00a0\u202f")
                self.section.voices += 1

    def _nameless_draft(self) -> Draft:
        draft = Draft(self.section, asked=self.asked)
        if self.host is not None:
            draft.shape, draft.form = self.host, "name_in_title"
        return draft

    def _speak(self, part: Part) -> None:
        """Gather the turns of a transcript: who mostly asks is the interviewer, who answers is the voice."""
        speaker = self._full_name(part.piece.line.speaker)
        draft = self.draft if self.draft is not None and self.draft.is_transcript else None
        opened = self.draft
        if opened is not None and self._waits_for(opened, speaker):
            opened.is_transcript = True
            draft = opened
        if speaker in self.interviewers:
            if "?" in part.piece.text:
                part.role = Role.QUESTION
            elif draft is None:
                self._close()
                part.role = Role.INTRODUCTION  # « Bonjour, merci d'être venue »
                self.result.heading_lines.append(part.piece.number)
                return
            else:
                part.words = ""  # « D'accord » inside an answer is no word of the voice
        named = draft.shape.author if draft is not None and draft.shape is not None else ""
        if draft is not None and (speaker in self.interviewers or speaker == named or not named):
            if speaker not in self.interviewers and not named and speaker:
                draft.shape, draft.form = NameShape(speaker, 6.0), "speaker"
                self.section.voices += 1
            draft.add(part)
            return
        waiting = self._take_waiting_questions()
        self._close()
        self.draft = Draft(self.section, is_transcript=True)
        if speaker and speaker not in self.interviewers:
            self.draft.shape, self.draft.form = NameShape(speaker, 6.0), "speaker"
            self.section.voices += 1
        for said in (*waiting, part):
            self.draft.add(said)

    def _waits_for(self, opened: Draft, speaker: str) -> bool:
        """Whether a heading named who is interviewed, « Entretien avec Prénom », and the turns begin here."""
        if opened.is_transcript or opened.shape is None or opened.body:
            return False
        return speaker in self.interviewers or same_person(speaker, opened.shape.author)

    def _full_name(self, speaker: str) -> str:
        """Return the whole name of who is called by a first name in the turns, as the title or the heading gives it."""
        named = [self.guest, self.draft.shape if self.draft is not None else None]
        found = next((shape.author for shape in named if shape and same_person(shape.author, speaker)), "")
        return found if len(found) > len(speaker) else speaker

    def _take_waiting_questions(self) -> list[Part]:
        """Questions asked just before another person answers go with that answer."""
        waiting: list[Part] = []
        draft = self.draft
        while (
            draft is not None and draft.is_transcript and len(draft.parts) > 1 and draft.parts[-1].role is Role.QUESTION
        ):
            waiting.insert(0, draft.parts.pop())
        return waiting

    def _close(self) -> None:
        draft, self.draft = self.draft, None
        if draft is None or not draft.parts:
            return
        if draft.shape is None and (asked := guide_of(draft)):
            self.result.guide.extend(asked)
            self.result.heading_lines.extend(part.piece.number for part in draft.parts)
            return
        if draft.shape is None and self._is_introduction(draft):
            for part in draft.parts:
                part.role = Role.INTRODUCTION
                self.result.heading_lines.append(part.piece.number)
                date = date_in(part.words[:400])
                told = cues.INTRODUCTION.search(part.piece.folded[:400]) or cues.METADATA.match(part.piece.folded)
                if date and not draft.section.date and told:
                    draft.section.date, draft.section.date_line = date, part.piece.number
            return
        draft.section.drafts.append(draft)
        self.result.drafts.append(draft)

    def _is_introduction(self, draft: Draft) -> bool:
        """Whether words without a name present the page or the section rather than come from a voice."""
        if draft.section.voices or draft.section.drafts or draft.asked or draft.is_signed or draft.is_transcript:
            return False
        if draft.has_question or any(part.piece.span >= 0 or part.piece.links for part in draft.parts):
            return False
        said = " ".join(part.piece.folded[:600] for part in draft.parts[:6])
        if cues.INTRODUCTION.search(said) or all(cues.METADATA.match(part.piece.folded) for part in draft.parts):
            return True
        if cues.SINGULAR_FIRST_PERSON.search(said) or cues.TO_COME.match(said):
            return False
        if all(part.piece.line.is_italic for part in draft.parts):
            return True
        place = draft.parts[-1].piece
        following = self.next_after(place)
        return following is not None and following.role is Role.AUTHOR and len(draft.parts) <= 3

    def next_after(self, piece: Piece) -> Part | None:
        low, high = 0, len(self.parts)
        while low < high:
            middle = (low + high) // 2
            if self.parts[middle].piece.number <= piece.number:
                low = middle + 1
            else:
                high = middle
        return self.parts[low] if low < len(self.parts) else None


def _names_follow(parts: Sequence[Part], place: int) -> bool:
    following = parts[place + 1] if place + 1 < len(parts) else None
    return following is not None and following.role is Role.AUTHOR
