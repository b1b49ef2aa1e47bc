"""Where marked words stand in a text, and how they are found again when the text is corrected.

An offset counts code points of text in its canonical form: NFC, lines ended by LF. Browsers count UTF-16 units; the
two differ after any character beyond the basic plane (an emoji), so what a browser says is converted here.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

CONTEXT = 48
"""Code points kept on each side of a quote. A column holds 64: room for another tool's longer context."""

LIKENESS = 0.6
"""Least share of common words, from 0 to 1, for changed words to count as the same passage."""

LONG_QUOTE = 24
"""From this many code points on, a quote that stands once in the new text is found without its context."""

FEW_WORDS_MAX = 4000  # past it, difflib's shortcuts for frequent words keep the comparison from growing squarely
OCCURRENCES_MAX = 200

_WORD = regex.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Anchor:
    """Words of a text: code points `start` to `end`, the words themselves, and what stands around them."""

    start: int
    end: int
    quote: str
    before: str
    after: str


class OutsideText(ValueError):
    """The offsets do not lie in the text, or hold no words."""


def canonical(text: str) -> str:
    """Return `text` in NFC with LF and without NUL: the only form in which offsets are counted."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))


def anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of code points `start` to `end`; raises OutsideText when they hold no words."""
    if not 0 <= start < end <= len(text):
        raise OutsideText(f"{start}–{end} in a text of {len(text)}")
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def without_margins(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without the white space at both ends: a hand that selects often takes a blank with it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def code_points(text: str, utf16_offset: int) -> int:
    """Convert an offset in UTF-16 units into code points; one in the middle of a character goes to its beginning."""
    if text.isascii():
        return max(0, min(utf16_offset, len(text)))
    units = text.encode("utf-16-le", "surrogatepass")
    return len(units[: 2 * max(0, utf16_offset)].decode("utf-16-le", "ignore"))


def utf16_units(text: str, offset: int) -> int:
    """Convert an offset in code points into UTF-16 units, as browsers count."""
    return len(text[: max(0, offset)].encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Run:
    """A stretch that both texts share: from `old` in the old one, from `new` in the new one, `size` code points."""

    old: int
    new: int
    size: int


def reanchor(old_text: str, new_text: str, anchors: Sequence[Anchor]) -> list[Anchor | None]:
    """Return where each anchor of `old_text` stands in `new_text`, in the same order; None is a lost one.

    Words that a correction does not touch are found exactly. Words that moved are found by their quote and context.
    Words that were themselves corrected are found when at least LIKENESS of them remains.
    """
    if old_text == new_text:
        return [anchor(new_text, a.start, a.end) for a in anchors]
    alignments = _alignments(old_text, new_text)
    return [_found_again(a, new_text, alignments) for a in anchors]


def relocate(text: str, wanted: Anchor) -> Anchor | None:
    """Return the anchor in a text whose former state is not known: where it was, else by quote and context."""
    if text[wanted.start : wanted.end] == wanted.quote:
        return anchor(text, wanted.start, wanted.end)
    span = _by_quote(wanted, text)
    return anchor(text, *span) if span else None


def _found_again(wanted: Anchor, text: str, alignments: Sequence[Sequence[Run]]) -> Anchor | None:
    for runs in alignments:
        run = _run_at(runs, wanted.start)
        if run is not None and wanted.end <= run.old + run.size:
            start = run.new + wanted.start - run.old
            return anchor(text, start, start + wanted.end - wanted.start)
    span = _by_quote(wanted, text) or _by_likeness(wanted, text, alignments[0])
    return anchor(text, *span) if span else None


def _by_quote(wanted: Anchor, text: str) -> tuple[int, int] | None:
    """Return where the same words stand with the most of the same context, or None when that is not sure enough."""
    best, best_score, rivals = -1, -1, 0
    at, seen = text.find(wanted.quote), 0
    while at >= 0 and seen < OCCURRENCES_MAX:
        end = at + len(wanted.quote)
        score = _common_suffix(wanted.before, text[max(0, at - len(wanted.before)) : at])
        score += _common_prefix(wanted.after, text[end : end + len(wanted.after)])
        if score > best_score:
            best, best_score, rivals = at, score, 0
        elif score == best_score:
            rivals += 1
        seen += 1
        at = text.find(wanted.quote, at + 1)
    if best < 0 or rivals:
        return None
    context = len(wanted.before) + len(wanted.after)
    is_sure = seen == 1 and len(wanted.quote) >= LONG_QUOTE
    if not is_sure and best_score < max(1, min(12, context // 3)):
        return None
    return best, best + len(wanted.quote)


def _by_likeness(wanted: Anchor, text: str, runs: Sequence[Run]) -> tuple[int, int] | None:
    """Return the stretch that took the place of the words, when enough of them remains."""
    matcher: SequenceMatcher[str] = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(_words(wanted.quote))
    best: tuple[float, int, int] | None = None
    for start in _places(runs, wanted.start, len(text)):
        for end in _places(runs, wanted.end, len(text)):
            if not start < end <= start + 4 * len(wanted.quote) + CONTEXT:
                continue
            first, last = without_margins(text, start, end)
            if first >= last:
                continue
            matcher.set_seq1(_words(text[first:last]))
            if matcher.real_quick_ratio() < LIKENESS:
                continue
            likeness = max(
                matcher.ratio(), SequenceMatcher(None, text[first:last], wanted.quote, autojunk=False).ratio() - 0.1
            )
            if likeness >= LIKENESS and (best is None or likeness > best[0]):
                best = (likeness, first, last)
    return (best[1], best[2]) if best else None


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text.casefold()) if not w.isspace()]


def _run_at(runs: Sequence[Run], offset: int) -> Run | None:
    """Return the run that holds the character at `offset` of the old text."""
    index = bisect_right(runs, offset, key=lambda run: run.old) - 1
    if index >= 0 and offset < runs[index].old + runs[index].size:
        return runs[index]
    return None


def _places(runs: Sequence[Run], offset: int, length: int) -> list[int]:
    """Return where a bound between two characters of the old text may stand in the new one: one place, or two."""
    index = bisect_right(runs, offset, key=lambda run: run.old) - 1
    if index >= 0 and offset < runs[index].old + runs[index].size and offset > runs[index].old:
        return [runs[index].new + offset - runs[index].old]
    places = set()
    if index >= 0 and runs[index].old == offset:
        places.add(runs[index].new)
        places.add(runs[index - 1].new + runs[index - 1].size if index else 0)
    else:
        places.add(runs[index].new + runs[index].size if index >= 0 else 0)
        places.add(runs[index + 1].new if index + 1 < len(runs) else length)
    return sorted(places)


def _alignments(old: str, new: str) -> list[list[Run]]:
    """Return the shared runs, read word by word, from the left, and from the right.

    When one place is edited beside a repetition ("ha ha" → "ha"), nothing says which of the two stayed: read from the
    left, words before the edit are sure not to move; read from the right, words after it. Several edits are told apart
    best word by word.
    """
    shortest = min(len(old), len(new))
    head, tail = _common_prefix(old, new), _common_suffix(old, new)
    whole_head = _whole_words(old, new, head)
    whole_tail = min(_whole_words(old[::-1], new[::-1], tail), shortest - whole_head)
    readings = {(head, min(tail, shortest - head)), (min(head, shortest - tail), tail)} - {(whole_head, whole_tail)}
    return [_runs(old, new, *ends) for ends in [(whole_head, whole_tail), *sorted(readings)]]


def _whole_words(old: str, new: str, size: int) -> int:
    """Return `size`, or less: the common beginning without the word that it cuts in two."""
    while size and any(size < len(t) and t[size].isalnum() and t[size - 1].isalnum() for t in (old, new)):
        size -= 1
    return size


def _runs(old: str, new: str, head: int, tail: int) -> list[Run]:
    """Return the runs that two texts share, of which the first `head` and last `tail` code points are the same."""
    found = [Run(0, 0, head)] if head else []
    old_end, new_end = len(old) - tail, len(new) - tail
    old_lines = old[head:old_end].splitlines(keepends=True)
    new_lines = new[head:new_end].splitlines(keepends=True)
    at_old, at_new = _starts(old_lines, head), _starts(new_lines, head)
    for verb, i1, i2, j1, j2 in _differences(old_lines, new_lines):
        if verb == "equal":
            found.append(Run(at_old[i1], at_new[j1], at_old[i2] - at_old[i1]))
        elif verb == "replace":
            found += _word_runs(old[at_old[i1] : at_old[i2]], new[at_new[j1] : at_new[j2]], at_old[i1], at_new[j1])
    if tail:
        found.append(Run(old_end, new_end, tail))
    return _joined(found)


def _word_runs(old: str, new: str, old_start: int, new_start: int) -> list[Run]:
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    at_old, at_new = _starts(old_words, old_start), _starts(new_words, new_start)
    return [
        Run(at_old[i1], at_new[j1], at_old[i2] - at_old[i1])
        for verb, i1, i2, j1, _j2 in _differences(old_words, new_words)
        if verb == "equal"
    ]


def _differences(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    many = len(old) > FEW_WORDS_MAX or len(new) > FEW_WORDS_MAX
    return SequenceMatcher(None, old, new, autojunk=many).get_opcodes()  # type: ignore[return-value]


def _starts(pieces: Iterable[str], first: int) -> list[int]:
    starts = [first]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.old + last.size == run.old and last.new + last.size == run.new:
            joined[-1] = Run(last.old, last.new, last.size + run.size)
        elif run.size:
            joined.append(run)
    return joined


def _common_prefix(one: str, other: str) -> int:
    """Return how many code points both begin with; halving, so that comparing is done by the machine."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(one: str, other: str) -> int:
    shortest = min(len(one), len(other))
    low, high = 0, shortest
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
