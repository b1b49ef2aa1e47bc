"""Bold and italics of a line: a line set apart as a whole is a heading or a question that does not say its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_EDGES: Final = " :;.-–—\t\n\r\u00a0\u202f"  # signs that writers leave outside of the bold


@dataclass
class Styles:
    """How many bold and italic elements are open, and whether any word of the line stood outside of them."""

    bold: int = 0
    italic: int = 0
    has_words: bool = False
    has_plain: bool = False
    has_upright: bool = False

    def say(self, words: str) -> None:
        """Take in words as they are said under what is open now."""
        if words.strip(_EDGES):
            self.has_words = True
            self.has_plain = self.has_plain or self.bold <= 0
            self.has_upright = self.has_upright or self.italic <= 0

    @property
    def is_strong(self) -> bool:
        return self.has_words and not self.has_plain

    @property
    def is_italic(self) -> bool:
        return self.has_words and not self.has_upright

    def start_line(self) -> None:
        """Forget the words of the line before; what is open stays open."""
        self.has_words = self.has_plain = self.has_upright = False
