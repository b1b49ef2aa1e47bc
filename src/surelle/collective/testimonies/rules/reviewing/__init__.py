"""Reviewing: what a person changes in a reading before anything becomes a testimony.

A *review* is the reading as JSON: its non-blank lines, each in exactly one place (an entry, heading, chrome, unread),
and its entries. Operations return a new review, remember how to go back, and never lose a line.
"""

from .comparing import Change, ChangeKind, Known, Piece, compare, pieces_of
from .composing import Composed, ComposedAnswer, composed
from .operations import (
    OPERATIONS,
    attach_lines,
    attribute,
    begin_answer,
    confirm_questions,
    drop_entry,
    join_answer,
    make_heading,
    merge_with_next,
    merge_with_previous,
    new_entry,
    retype,
    set_aside,
    set_question,
    split_entry,
    undo,
)
from .review import (
    CHROME,
    HEADING,
    UNREAD,
    AnswerJson,
    EntryJson,
    LineJson,
    Review,
    entry_lines,
    misplaced_lines,
    review_of,
    summary,
)
from .steps import NoSuchPlace
from .sweeping import SHORT, blanked_text, swept_review

__all__ = [
    "CHROME",
    "HEADING",
    "OPERATIONS",
    "SHORT",
    "UNREAD",
    "AnswerJson",
    "Change",
    "ChangeKind",
    "Composed",
    "ComposedAnswer",
    "EntryJson",
    "Known",
    "LineJson",
    "NoSuchPlace",
    "Piece",
    "Review",
    "attach_lines",
    "attribute",
    "begin_answer",
    "blanked_text",
    "compare",
    "composed",
    "confirm_questions",
    "drop_entry",
    "entry_lines",
    "join_answer",
    "make_heading",
    "merge_with_next",
    "merge_with_previous",
    "misplaced_lines",
    "new_entry",
    "pieces_of",
    "retype",
    "review_of",
    "set_aside",
    "set_question",
    "split_entry",
    "summary",
    "swept_review",
    "undo",
]
