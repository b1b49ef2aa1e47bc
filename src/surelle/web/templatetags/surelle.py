"""What components ask of Python: icons, initials, hues, shares, page windows."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from heroicons.templatetags import heroicons

from surelle.web.tones import TONE_WORDS

register = template.Library()

ICON_SIZES = {"micro": 16, "mini": 20, "outline": 24, "solid": 24}
HUES = 6


@lru_cache(maxsize=512)
def drawn_icon(name: str, kind: str, size: int, label: str) -> str:
    draw = getattr(heroicons, f"heroicon_{kind}")
    spoken = {"role": "img", "aria-label": escape(label)} if label else {"aria-hidden": "true"}
    return draw(name, size=size, **{"class": "icon", "focusable": "false", **spoken})


@register.simple_tag
def icon(name: str, kind: str = "mini", size: int | str = "", label: str = "") -> SafeString:
    """Return an icon of heroicons; an unknown name is a mistake of the template, so it raises."""
    return mark_safe(drawn_icon(str(name), str(kind), int(size or ICON_SIZES[kind]), str(label)))  # noqa: S308


@register.filter
def initials(name: object) -> str:
    """Return one or two capitals: "Anne-Laure Martin" gives "AM"."""
    words = [word for word in str(name).replace("·", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    chosen = [words[0]] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


@register.filter
def hue(name: object) -> int:
    """Return 1 to 6, always the same for the same name, so that a person keeps a colour."""
    plain = unicodedata.normalize("NFC", str(name)).casefold()
    return crc32(plain.encode()) % HUES + 1


@register.filter
def share_of(value: Any, whole: Any) -> int:
    """Return the percentage, 0 to 100, that `value` is of `whole`; 0 when there is nothing to share."""
    try:
        return max(0, min(100, round(100 * float(value) / float(whole))))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0


@register.filter
def greatest(rows: Any, key: str) -> Any:
    """Return the greatest `key` of dictionaries, or 0."""
    return max((row[key] for row in rows), default=0)


@register.filter
def entry(row: Any, key: Any) -> Any:
    """Return `row[key]`, or nothing: for the optional keys of a row of data."""
    return row.get(key, "") if hasattr(row, "get") else ""


@register.filter
def tone_word(value: Any) -> Any:
    """Return the word of a tone, −2 to 2."""
    return TONE_WORDS.get(int(value), "")


@register.filter
def tone_step(value: Any) -> str:
    """Return the class that colours a tone: `m2`, `m1`, `0`, `p1`, `p2`."""
    number = int(value)
    return f"{'m' if number < 0 else 'p'}{abs(number)}" if number else "0"


@register.filter
def signed(value: Any) -> str:
    """Return "+1", "0" or "−2" with a true minus sign."""
    number = int(value)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


@register.filter
def page_numbers(page: Page) -> Iterator[int | str]:
    """Return the numbers that a pager shows around the present page, gaps as an ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def undo_url(tags: str) -> str:
    """Return the address that `messages.…(extra_tags="undo:/address/")` carries, or nothing."""
    for tag in str(tags or "").split():
        if tag.startswith("undo:/") and not tag.startswith("undo://"):
            return tag.removeprefix("undo:")
    return ""


# In this order: each later one also names the earlier ones in its signature.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari", "curl": "curl"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: object) -> str:
    """Return "Firefox · Android" from what a browser says of itself, which no person can read."""
    said = str(user_agent or "")
    known = [next((name for sign, name in names.items() if sign in said), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or str(_("Appareil inconnu"))


LEAVES = {1: "activity", 2: "serenity", 3: "collective"}


@register.filter
def leaf_name(number: Any) -> str:
    """Return the leaf that a brick's number stands for."""
    return LEAVES.get(int(number), "all")
