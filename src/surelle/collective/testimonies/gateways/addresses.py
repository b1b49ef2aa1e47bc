"""Addresses that documents point at: which of them are kept with the words."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

KEPT_SCHEMES: Final = ("http", "https")
FILES: Final = re.compile(
    r"\.(?:mp3|mp4|m4a|ogg|oga|ogv|opus|wav|webm|mov|avi|mkv|pdf|docx?|odt|xlsx?|ods|pptx?|odp|zip)$", re.IGNORECASE
)


def kept(href: str, base: str = "") -> str:
    """The address to keep of an `href`, "" for none: the web's, made whole with `base`, and hosted files.

    Page anchors, mail addresses, `javascript:` and the wiki's own pages are not what a voice points at.
    """
    href = "".join(c for c in href if c.isprintable()).strip()
    try:
        if href.startswith("//"):
            return "https:" + href
        if urlsplit(href).scheme.lower() in KEPT_SCHEMES:
            return href if urlsplit(href).hostname else ""
        if urlsplit(href).scheme or href.startswith("#"):
            return ""
        path = urlsplit(href).path
        if not FILES.search(path):
            return ""
        return urljoin(base, href) if base else href
    except ValueError:  # urlsplit refuses some addresses, such as "http://[x"
        return ""
