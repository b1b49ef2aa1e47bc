"""From drafts to entries: what each voice is (words, medium, interview, feedback), and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.dates import date_in
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.groups import group_in
from surelle.collective.testimonies.rules.reading.headings import read_heading
from surelle.collective.testimonies.rules.reading.interviews import stated_answers
from surelle.collective.testimonies.rules.reading.links import is_media, link_to, service_of
from surelle.collective.testimonies.rules.reading.mentions import mentions_in
from surelle.collective.testimonies.rules.reading.names import group_shape, name_shape
from surelle.collective.testimonies.rules.reading.reasons import reason
from surelle.collective.testimonies.rules.reading.roles import Part, Role
from surelle.collective.testimonies.rules.reading.sections import Draft
from surelle.collective.testimonies.rules.reading.source import Entry, EntryKind, Link
from surelle.collective.testimonies.rules.reading.wording import without_quotation_marks, wording_of

_SERVICE_LINES: Final = frozenset({"to", "date", "subject"})


def entry_of(draft: Draft) -> Entry:
    """Return what a draft says; answers whose questions are missing are left to the alignment."""
    return _Voice(draft).entry()


class _Voice:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.section = draft.section
        self.shape = draft.shape
        self.reasons: list[str] = []
        self.confidence = 0.6
        self.body = draft.body
        self.context = ""
        self.addressee = ""
        self.date = ""
        self.detail = ""
        self.group, self.group_kind = self.section.group, self.section.group_kind

    def entry(self) -> Entry:
        self._take_headers()
        self._take_detail()
        if self.shape is not None and self.shape.addressee:
            self.addressee = self.shape.addressee
            self.reasons.append(reason("addressee", self.addressee))
        to_come = self._take_to_come()
        author = self._author()
        self._where_and_when()
        if not self.body:
            return self._entry(self._empty_kind(), author, is_empty=True, reasons=self._why_empty(to_come))
        self._take_context()
        self._take_mail()
        if not author:
            author = self._signed_at_the_end() or self._named_beside_the_link()
        if not author and self.shape is None:
            author = self._group_itself()
        answers = stated_answers(self.draft, self.body)
        if answers:
            self.reasons.append(reason("stated_questions", sum(1 for a in answers if a.question)))
            if self.draft.is_transcript:
                self.reasons.append(reason("transcript"))
            self.confidence += 0.15
            entry = self._entry(EntryKind.INTERVIEW, author)
            return replace(entry, answers=tuple(answers))
        return self._entry(self._kind(), author)

    # -- who -----------------------------------------------------------------------------------------------------
    def _author(self) -> str:
        draft, shape = self.draft, self.shape
        if shape is None:
            return ""
        if shape.is_anonymous or not shape.author:
            self.reasons.append(reason("anonymous", shape.detail))
            self.confidence += 0.1
            return ""
        self.reasons.append(reason(draft.form or "name_alone", shape.author))
        weight = draft.author.weight if draft.author else 7.0
        self.confidence = min(0.9, 0.45 + 0.05 * max(weight, 4.0))
        if draft.author is not None:
            if draft.author.is_known_elsewhere:
                self.reasons.append(reason("name_elsewhere"))
            if draft.author.starts_section:
                self.reasons.append(reason("starts_section"))
            if draft.form == "name_alone" and draft.author.piece.after >= 2:
                self.reasons.append(reason("space_after"))
        if shape.is_several:
            self.reasons.append(reason("several_people"))
        if shape.is_group:
            self.reasons.append(reason("group_speaks"))
        return shape.author

    def _signed_at_the_end(self) -> str:
        """A mail without a heading is signed by its last line."""
        last = self.body[-1]
        if len(self.body) < 2 or (not self.addressee and not cues.FAREWELL.match(self.body[-2].piece.folded)):
            return ""
        shape = name_shape(last.words) if last.role is Role.BODY and len(last.words) <= 60 else None
        if shape is None or not shape.author or shape.score < 1.0:
            return ""
        self.reasons.append(reason("name_signature", shape.author))
        return shape.author

    def _named_beside_the_link(self) -> str:
        """« Interview vidéo de Prénom Nom : https://… »"""
        if self.shape is not None or not self.body[0].piece.links or len(self.body) > 2:
            return ""
        heading = read_heading(self.body[0].piece.words_beside_links.strip(" :-–—"))
        voice = heading.voice
        if heading.group is not None and not self.group:
            self.group, self.group_kind = heading.group.name, heading.group.kind
            self.reasons.append(reason("group_beside_name"))
        if voice is None or not voice.author:
            return ""
        self.reasons.append(reason("name_inline", voice.author))
        return voice.author

    def _group_itself(self) -> str:
        """« Collectif Bois Debout », then « Nous avons mis deux ans… »: a group speaks under its own name."""
        shape = group_shape(self.section.text)
        drafts = self.section.drafts
        alone = drafts[0] is self.draft and all(draft.shape is not None for draft in drafts[1:])
        if shape is None or not alone or any(part.piece.links for part in self.body):
            return ""
        if any(part.piece.span >= 0 for part in self.body) and not cues.ARTICLE.match(fold(shape.author)):
            return ""  # words quoted under a heading are those of somebody of the group
        said = " ".join(part.piece.folded[:400] for part in self.body[:6])
        if cues.SINGULAR_FIRST_PERSON.search(said) or not cues.FIRST_PLURAL.search(said):
            return ""
        self.reasons.append(reason("group_speaks"))
        return shape.author

    # -- where and when ------------------------------------------------------------------------------------------
    def _where_and_when(self) -> None:
        section, shape = self.section, self.shape
        beside = (shape.group, shape.group_kind) if shape is not None else ("", "")
        if not beside[0] and self.detail and (found := group_in(self.detail)):
            beside = (found.name, found.kind)
        if beside[0]:
            self.group, self.group_kind = beside
            self.reasons.append(reason("group_beside_name"))
        elif self.group:
            code = "group_loose" if section.is_group_loose else "group_heading"
            self.reasons.append(reason(code, section.group_line))
        date = self.date or (shape.date if shape is not None else "") or date_in(self.detail)
        if not date and self.draft.author is not None and self.draft.author.heading is not None:
            date = self.draft.author.heading.date
        if date:
            self.date = date
            self.reasons.append(reason("date_beside_name"))
        elif section.date:
            self.date = section.date
            self.reasons.append(reason("date_heading", section.date_line))

    def _tenure(self) -> str:
        section, shape = self.section, self.shape
        head = self.draft.author.heading if self.draft.author else None
        if section.is_newcomer or (head is not None and head.is_newcomer):
            self.reasons.append(reason("newcomer_heading"))
            return "newcomer"
        beside = shape is not None and shape.is_newcomer
        said = " ".join(part.piece.folded[:300] for part in self.body[:3])
        if beside or cues.NEWCOMER.search(fold(self.detail + " " + self.context)) or cues.NEWCOMER_WORDS.search(said):
            self.reasons.append(reason("newcomer_words"))
            return "newcomer"
        return ""

    # -- the lines around the words ------------------------------------------------------------------------------
    def _take_headers(self) -> None:
        """Take « À : », « Date : », « Objet : » off the top of a mail."""
        while self.body and self.body[0].role is Role.BODY and len(self.body[0].words) <= 160:
            folded = fold(self.body[0].words)
            found = next((f for f, p in cues.MAIL_HEADERS if f in _SERVICE_LINES and p.match(folded)), "")
            rest = self.body[0].words.partition(":")[2].strip()
            if not found or self.body[0].piece.span >= 0:
                break
            if found == "date" and not date_in(rest):
                break
            if found == "to" and not _addressee_of(rest):
                break
            if found == "date":
                self.date = date_in(rest)
            elif found == "to":
                self.addressee = _addressee_of(rest)
            else:
                self.context = rest
            self.body.pop(0)

    def _take_detail(self) -> None:
        """Take a line close under the name that describes the person: « graphiste, groupe local de Die »."""
        author = self.draft.author
        if self.shape is not None and self.shape.detail:
            self.detail = self.shape.detail
        if author is None or author.words or self.draft.form == "name_signature":
            return
        run: list[Part] = []
        for part in self.body[:4]:
            if part.piece.before or part.role is not Role.BODY or not _describes(part):
                break
            run.append(part)
        after = self.body[len(run)] if len(run) < len(self.body) else None
        ends = after is not None and (after.piece.before or after.role is not Role.BODY or after.piece.opens)
        if not run or not ends:
            return
        for part in run:
            dated = date_in(part.words)
            if dated and len(part.words) <= 40:
                self.date = self.date or dated
            else:
                self.detail = ", ".join(filter(None, (self.detail, part.words)))
        self.body = self.body[len(run) :]

    def _take_to_come(self) -> str:
        if len(self.body) == 1 and not self.body[0].piece.links:
            words = self.body[0].words
            if (len(words) <= 80 and cues.TO_COME.match(fold(words))) or not re.search(r"\w", words):
                self.body = []
                return words
        if (
            not self.body
            and self.shape is not None
            and cues.TO_COME.match(fold(self.shape.detail))
            and self.shape.detail
        ):
            self.detail = ""
            return self.shape.detail
        return ""

    def _take_context(self) -> None:
        """Take the sentence that introduces a quotation or a link."""
        first = self.body[0]
        if len(self.body) < 2 or first.role is not Role.BODY or first.piece.span >= 0 or len(first.words) > 300:
            return
        following = self.body[1].piece
        if first.piece.links and not first.piece.words_beside_links:
            return  # an address presents nothing
        named = self.shape is not None and self.shape.author and self.shape.author.split()[0] in first.words
        if named and self.body[1].role is Role.QUESTION and not cues.FIRST_PERSON.search(first.piece.folded):
            self.context = first.words  # « Prénom est maraîchère depuis dix ans »
            self.body.pop(0)
            self.reasons.append(reason("has_context"))
            return
        if following.opens and (first.words.endswith(":") or not cues.SINGULAR_FIRST_PERSON.search(first.piece.folded)):
            self.context = " ".join(filter(None, (self.context, first.words)))
            self.body.pop(0)
            self.reasons.append(reason("has_context"))

    def _take_mail(self) -> None:
        first = self.body[0]
        greeting = cues.GREETING.match(fold(first.words[:80])) if first.role in (Role.BODY, Role.AUTHOR) else None
        if greeting is None:
            return
        name = re.split(r"[,!.;:\n]", first.words[greeting.end() :], maxsplit=1)[0].strip()
        if not name or len(name) > 60:
            return
        shape = name_shape(name)
        if shape is not None and shape.author:
            self.addressee = shape.author
        elif cues.GROUP_ADDRESSEE.match(fold(name)):
            self.addressee = name
        if self.addressee:
            self.reasons.append(reason("addressee", self.addressee))

    # -- what ----------------------------------------------------------------------------------------------------
    def _kind(self) -> EntryKind:
        section = self.section
        if self._is_medium():
            return EntryKind.MEDIA
        if section.kind == "feedback":
            self.reasons.append(reason("feedback_section"))
            self.confidence += 0.1
            return EntryKind.FEEDBACK
        closing = any(cues.FAREWELL.match(part.piece.folded) for part in self.body[-3:])
        if self.addressee and closing:
            self.reasons.append(reason("mail"))
            return EntryKind.FEEDBACK
        quoted = [part for part in self.body if part.piece.span >= 0]
        if quoted:
            given = any(part.piece.line.kind == "quote" for part in quoted)
            self.reasons.append(reason("marked_quote" if given else "quoted"))
            self.confidence += 0.1
        elif section.kind == "verbatim":
            self.reasons.append(reason("verbatim_section"))
        else:
            own = any(cues.SINGULAR_FIRST_PERSON.search(part.piece.folded[:400]) for part in self.body[:8])
            self.reasons.append(reason("first_person" if own else "prose"))
            if not own and self.shape is None:
                self.reasons.append(reason("kind_unsure"))
                self.confidence -= 0.2
        return EntryKind.QUOTE

    def _is_medium(self) -> bool:
        links = [link for part in self.body for link in part.piece.links]
        if not links or any(part.piece.span >= 0 for part in self.body):
            return False
        beside = " ".join(part.piece.words_beside_links if part.piece.links else part.words for part in self.body)
        about_media = bool(cues.MEDIA_WORDS.search(fold(beside[:500]))) or any(is_media(link) for link in links)
        known = any(service_of(link.url) for link in links) or about_media
        limit = 400 if about_media else 160
        speaks = cues.SINGULAR_FIRST_PERSON.search(fold(beside[:500]))
        if len(beside) > limit or (len(beside.split()) > 3 and (speaks or not known)):
            return False
        self.reasons.append(reason("link_alone"))
        self.confidence += 0.15
        return True

    def _empty_kind(self) -> EntryKind:
        if self.section.kind == "feedback":
            return EntryKind.FEEDBACK
        if self.section.kind == "interview":
            return EntryKind.INTERVIEW
        return EntryKind.MEDIA if self.section.kind == "media" else EntryKind.QUOTE

    def _why_empty(self, to_come: str) -> list[str]:
        return [reason("to_come", to_come)] if to_come else [reason("empty")]

    # -- the entry -----------------------------------------------------------------------------------------------
    def _entry(self, kind: EntryKind, author: str, *, is_empty: bool = False, reasons: Sequence[str] = ()) -> Entry:
        draft = self.draft
        tenure = self._tenure()
        if not author and not (self.shape is not None and self.shape.is_anonymous):
            self.reasons.append(reason("no_author"))
            self.confidence -= 0.05
        links = self._links()
        for link in links:
            service = service_of(link.url)
            if service is not None:
                self.reasons.append(reason("link_expires" if link.expires else "link_lasts", service.label))
        wording = wording_of(self.body)
        for top, bottom in wording.joined[:20]:
            self.reasons.append(reason("cut_sentence", f"{top}-{bottom}"))
        text = without_quotation_marks(wording.text) if kind is EntryKind.QUOTE else wording.text
        context = self.context or (self.detail if self.shape is not None and self.shape.author else "")
        return Entry(
            id="",
            kind=kind,
            lines=(draft.first, draft.last),
            author=author,
            group=self.group,
            group_kind=self.group_kind,
            tenure=tenure,
            is_empty=is_empty,
            date=self.date,
            addressee=self.addressee,
            context=context,
            text="" if is_empty else text,
            links=links,
            mentions=() if is_empty else mentions_in(wording.text, (author, self.addressee)),
            confidence=round(min(0.98, max(0.1, self.confidence)), 2),
            reasons=(*self.reasons, *reasons),
            signed_as=self.shape.detail if self.shape is not None and self.shape.is_anonymous else "",
        )

    def _links(self) -> tuple[Link, ...]:
        found = [link for part in self.draft.parts for link in part.piece.links]
        return tuple(dict.fromkeys(link if link.service else link_to(link.url) for link in found))


def _addressee_of(rest: str) -> str:
    """Return whom « À : … » names: people, a group, everybody; "" when it says something else."""
    rest = re.sub(r"<[^>]*>|\S+@\S+", "", rest).strip(" ,;")
    if ";" in rest:
        people = [_addressee_of(person) for person in rest.split(";")]
        return ", ".join(people) if all(people) else ""
    shape = name_shape(rest)
    if shape is not None:
        return shape.author or shape.detail
    if len(rest) > 60 or not (cues.ANY_GROUP.search(fold(rest)) or cues.GROUP_ADDRESSEE.match(fold(rest))):
        return ""
    return rest


def _describes(part: Part) -> bool:
    """Whether a line describes a person, « graphiste, groupe local de Die », rather than says something."""
    words, folded = part.words, part.piece.folded
    if part.piece.span >= 0 or part.piece.links or len(words) > 110 or len(words.split()) > 12:
        return False
    if cues.FIRST_PERSON.search(folded) or cues.GREETING.match(folded) or cues.TO_COME.match(folded):
        return False
    return not re.search(r"[.!?:…]$", words) or bool(date_in(words) and len(words) <= 40)
