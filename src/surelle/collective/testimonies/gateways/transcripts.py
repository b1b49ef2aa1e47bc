"""Transcripts of recordings: SRT and VTT cues, brought together into turns of speech.

Consecutive cues of one speaker make one line. A speaker is named by `<v Name>`, or by a prefix `NAME:`; `- ` starts
the turn of somebody else. No word is lost: what has no time is attached to the cue above, overlapping cues are kept
in the order of the file and told.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from surelle.collective.testimonies.gateways.lines import LineWriter
from surelle.collective.testimonies.gateways.refusals import Place, PlaceKind, UnreadableSource, shown
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.rules.reading.source import LineKind, Source

TIME: Final = re.compile(r"^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[,.](\d{1,3}))?$", re.ASCII)
ARROW: Final = "-->"
VOICE: Final = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]([^>]{0,200})>")
MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]*>|\{\\[^}]{0,100}\}")
PREFIX: Final = re.compile(r"^([^\W\d_][\w.'’()/ -]{0,39}?)\s*:\s+(?=\S)|^([^\W\d_][\w.'’()/ -]{0,39}?)\s*:$")
NAME_WORDS: Final = 4
DASH: Final = re.compile(r"^[-–—]\s*(?=\S)")
ENDS: Final = re.compile(r"[.!?…]['\"»”)]*$")
PAUSE: Final = 2000  # milliseconds of silence that start another paragraph, when nobody is named


@dataclass
class Cue:
    """Words shown from `start` to `end` (milliseconds); `number` counts the cues from 1, `line` is that of the file."""

    number: int
    line: int
    start: int
    end: int
    words: list[str] = field(default_factory=list)


@dataclass
class Turn:
    """What one speaker says until another does."""

    speaker: str
    start: int
    end: int
    words: list[str]


def source_from_srt(name: str, text: str, sha256: str, encoding: str = "utf-8") -> Source:
    """The turns of speech of an SRT transcript.

    Raises `UnreadableSource`: `no_cues`, `cue_time` (line), `cue_order`, `cue_backwards` (cue), `no_words`.
    """
    return _source(name, "srt", text.split("\n"), sha256, encoding)


def source_from_vtt(name: str, text: str, sha256: str, encoding: str = "utf-8") -> Source:
    """The turns of speech of a WebVTT transcript; its notes, styles and regions are left out.

    Raises as `source_from_srt`.
    """
    lines, hidden = [], False
    for index, line in enumerate(text.split("\n")):
        if not line.strip():
            hidden = False
        elif (index == 0 and line.startswith("WEBVTT")) or re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", line):
            hidden = ARROW not in line
        lines.append("" if hidden else line)
    return _source(name, "vtt", lines, sha256, encoding)


def _source(name: str, format: str, lines: list[str], sha256: str, encoding: str) -> Source:
    cues, remarks = _cues(name, lines)
    remarks += _checked_times(name, cues)
    names = _names(cues)
    writer = LineWriter(name)
    for turn in _turns(cues, names):
        words = " ".join(turn.words)
        writer.add(
            words,
            LineKind.SPEAKER if turn.speaker else LineKind.TEXT,
            speaker=turn.speaker,
            raw=f"{clock(turn.start)} {ARROW} {clock(turn.end)} {turn.speaker + ': ' if turn.speaker else ''}{words}",
        )
        if not turn.speaker:
            writer.blank()
    found = writer.finished()
    if not found:
        raise UnreadableSource("no_words", name)
    return Source(
        name=name, format=format, sha256=sha256, lines=found, encoding=encoding, remarks=tuple(remarks)
    )  # fmt: skip


def clock(milliseconds: int) -> str:
    """A time as transcripts write it, 00:01:02.500."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _cues(name: str, lines: list[str]) -> tuple[list[Cue], list[Remark]]:
    cues: list[Cue] = []
    early: list[str] = []  # words before the first time
    strays: list[int] = []
    after_blank = False
    for index, line in enumerate(lines):
        words = line.strip()
        if ARROW in words:
            start, end = _times(name, words, index + 1)
            _take_back_label(cues[-1].words if cues else early, strays, lines, index)
            cues.append(Cue(len(cues) + 1, index + 1, start, end))
            after_blank = False
        elif not words:
            after_blank = True
        else:
            if not cues or after_blank:
                strays.append(index + 1)
            (cues[-1].words if cues else early).append(words)
    if not cues:
        raise UnreadableSource("no_cues", name)
    cues[0].words[:0] = early
    remarks = [Remark("words_without_time", count=len(strays), line=strays[0])] if strays else []
    return cues, remarks


def _take_back_label(words: list[str], strays: list[int], lines: list[str], index: int) -> None:
    """The line above a time is the cue's number or name, not words, when it stands alone after a blank line.

    Some writers leave out the blank line: a whole number is then still a number.
    """
    above = lines[index - 1].strip() if index else ""
    alone = index < 2 or not lines[index - 2].strip()
    if above and words and words[-1] == above and (alone or above.isdecimal()):
        words.pop()
        if strays and strays[-1] == index:
            strays.pop()


def _times(name: str, line: str, number: int) -> tuple[int, int]:
    left, _, right = line.partition(ARROW)
    times = []
    for part in (left.strip(), right.strip().split(" ")[0].split("\t")[0]):
        match = TIME.match(part)
        if not match or int(match[2]) > 59 or int(match[3]) > 59:
            raise UnreadableSource("cue_time", name, Place(PlaceKind.LINE, number), time=shown(part, 40))
        hours, minutes, seconds, thousandths = match.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        times.append(whole * 1000 + int((thousandths or "0").ljust(3, "0")))
    return times[0], times[1]


def _checked_times(name: str, cues: list[Cue]) -> list[Remark]:
    """Overlaps are told; times that make the order of the words uncertain are refused."""
    overlapping = []
    for before, cue in pairwise(cues):
        place = Place(PlaceKind.CUE, cue.number)
        if cue.start < before.start:
            raise UnreadableSource("cue_order", name, place, start=clock(cue.start), previous=clock(before.start))
        if cue.start < before.end:
            overlapping.append(cue)
    for cue in cues:
        if cue.end < cue.start:
            place = Place(PlaceKind.CUE, cue.number)
            raise UnreadableSource("cue_backwards", name, place, start=clock(cue.start), end=clock(cue.end))
    if not overlapping:
        return []
    first = overlapping[0]
    return [Remark("overlapping_cues", file=name, count=len(overlapping), cue=first.number, line=first.line)]


def _prefix(words: str) -> tuple[str, str]:
    """A possible name before a colon, and the words after it."""
    match = PREFIX.match(words)
    if not match:
        return "", words
    name = (match[1] or match[2]).strip()
    return (name, words[match.end() :].strip()) if len(name.split()) <= NAME_WORDS else ("", words)


def _names(cues: list[Cue]) -> frozenset[str]:
    """The prefixes that are names: in capitals, each word capitalised, or met twice. "Attention :" once is a word."""
    seen = Counter(_prefix(DASH.sub("", _plain(words)))[0] for cue in cues for words in cue.words)
    return frozenset(
        name
        for name, count in seen.items()
        if name
        and name[0].isupper()
        and (
            count > 1
            or (name.isupper() and len(name) > 1)
            or (len(name.split()) > 1 and all(word[0].isupper() for word in name.split()))
        )
    )


def _plain(words: str) -> str:
    return html.unescape(MARKUP.sub("", words)).strip()


def _turns(cues: list[Cue], names: frozenset[str]) -> list[Turn]:
    turns: list[Turn] = []
    for cue in cues:
        for index, written in enumerate(cue.words):
            # A line can hold several voices: [words, name, words, name, words…]
            pieces = VOICE.split(written)
            _say(turns, cue, pieces[0], names, None, index)
            for voice, words in zip(pieces[1::2], pieces[2::2], strict=True):
                _say(turns, cue, words, names, html.unescape(voice).strip(), index)
    return turns


def _say(turns: list[Turn], cue: Cue, written: str, names: frozenset[str], voice: str | None, index: int) -> None:
    words = _plain(written)
    if not words:
        return
    speaker, another = voice, voice is not None
    if voice is None:
        undashed = DASH.sub("", words)
        name, said = _prefix(undashed)
        if name in names:
            speaker, words, another = name, said, True
        elif undashed != words:
            speaker, words, another = "", undashed, True
    last = turns[-1] if turns else None
    if last and another and speaker and speaker == last.speaker:
        another = False
    if last and not another and not last.speaker and not index:
        another = cue.start - last.end >= PAUSE and bool(ENDS.search(last.words[-1] if last.words else ""))
    if last is None or another:
        turns.append(Turn(speaker or "", cue.start, cue.end, [words] if words else []))
    else:
        last.end = max(last.end, cue.end)
        if words:
            last.words.append(words)
