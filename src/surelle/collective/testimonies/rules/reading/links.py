"""Addresses met in a page: which service holds them, and whether they are likely to die."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from surelle.collective.testimonies.rules.reading.source import Link

CHECKED_ON: Final = date(2026, 11, 23)  # when the table below was last read again


@dataclass(frozen=True)
class LinkService:
    """A place that keeps files for others: `hosts` are whole hosts or ends of hosts, `paths` beginnings of paths.

    `expires` is true when the service deletes by itself after days or weeks, or when a share can be closed by its owner
    without notice. `is_media` says that what it holds is seen or heard.
    """

    name: str
    label: str
    hosts: tuple[str, ...]
    expires: bool
    is_media: bool = False
    paths: tuple[str, ...] = ()


SERVICES: Final = (
    # transfers: deleted after 7 to 30 days
    LinkService("fromsmash", "Smash", ("fromsmash.com", "fromsmash.fr"), True),
    LinkService("wetransfer", "WeTransfer", ("wetransfer.com", "we.tl"), True),
    LinkService("swisstransfer", "SwissTransfer", ("swisstransfer.com",), True),
    LinkService("grosfichiers", "GrosFichiers", ("grosfichiers.com", "gros-fichiers.com"), True),
    LinkService("transfernow", "TransferNow", ("transfernow.net",), True),
    LinkService("filesender", "FileSender", ("filesender.renater.fr", "francetransfert.numerique.gouv.fr"), True),
    LinkService("lufi", "Lufi", ("drop.chapril.org", "framadrop.org", "drop.infini.fr"), True),
    LinkService("send", "Send", ("send.vis.ee", "send.firefox.com"), True),
    # shares: live as long as their owner keeps them open
    LinkService("drive", "Google Drive", ("drive.google.com", "docs.google.com", "photos.app.goo.gl"), True),
    LinkService("dropbox", "Dropbox", ("dropbox.com", "db.tt", "dropboxusercontent.com"), True),
    LinkService("onedrive", "OneDrive", ("onedrive.live.com", "1drv.ms", "sharepoint.com"), True),
    LinkService("icloud", "iCloud", ("icloud.com",), True),
    LinkService("kdrive", "kDrive", ("kdrive.infomaniak.com",), True),
    LinkService("mega", "Mega", ("mega.nz", "mega.io"), True),
    LinkService("pcloud", "pCloud", ("pcloud.link", "u.pcloud.link"), True),
    LinkService("zoom", "Zoom", ("zoom.us",), True, True, ("/rec",)),
    # published media: made to last
    LinkService("youtube", "YouTube", ("youtube.com", "youtu.be", "youtube-nocookie.com"), False, True),
    LinkService("vimeo", "Vimeo", ("vimeo.com",), False, True),
    LinkService("dailymotion", "Dailymotion", ("dailymotion.com", "dai.ly"), False, True),
    LinkService("soundcloud", "SoundCloud", ("soundcloud.com",), False, True),
    LinkService("audioblog", "Arte Radio Audioblog", ("audioblog.arteradio.com",), False, True),
    LinkService("ausha", "Ausha", ("ausha.co",), False, True),
    LinkService("castopod", "Castopod", ("castopod.org",), False, True),
    LinkService("archive", "Internet Archive", ("archive.org",), False, True),
    LinkService(
        "peertube",
        "PeerTube",
        ("framatube.org", "video.coop", "tube.fr", "peertube.fr", "skeptikon.fr", "aperi.tube"),
        False,
        True,
    ),
)  # fmt: skip
# Free software that anyone hosts is known by the shape of its addresses, not by its hosts.
_SHAPES: Final = (
    LinkService("peertube", "PeerTube", (), False, True, ("/videos/watch/", "/videos/embed/", "/w/")),
    LinkService("nextcloud", "Nextcloud", (), True, False, ("/s/", "/index.php/s/", "/nextcloud/s/", "/cloud/s/")),
)
_PEERTUBE_HOST: Final = re.compile(r"(^|[.-])(peer)?tube[.s-]|(^|[.])videos?[.]")
_MEDIA_FILE: Final = re.compile(r"\.(mp4|webm|ogv|mov|avi|mkv|mp3|ogg|oga|wav|m4a|flac|opus)$", re.I)
_ADDRESS: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"«»“”\[\]{}|\\^`]{1,2000}", re.I)
_TRAILING: Final = ".,;:!?'’…)"


def service_of(url: str) -> LinkService | None:
    """Return the known service that holds `url`, None for any other site."""
    try:
        parts = urlsplit(url if "//" in url[:10] else "//" + url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # « http://[ » is no address
        return None
    for service in SERVICES:
        if any(host == known or host.endswith("." + known) for known in service.hosts):
            return service
    for shape in _SHAPES:
        if host and parts.path.startswith(shape.paths):
            if shape.name == "peertube" and parts.path.startswith("/w/") and not _PEERTUBE_HOST.search(host):
                continue
            return shape
    return None


def link_to(url: str) -> Link:
    """Return the link of an address, with its service (a file kept beside the page is « file »)."""
    service = service_of(url)
    if service is not None:
        return Link(url, service.name, service.expires)
    return Link(url, "file" if _MEDIA_FILE.search(url.partition("?")[0]) and "//" not in url else "", False)


def is_media(link: Link) -> bool:
    """Whether what stands behind the link is likely seen or heard rather than read."""
    service = service_of(link.url)
    if service is not None:
        return service.is_media
    return bool(_MEDIA_FILE.search(link.url.partition("?")[0].partition("#")[0]))


def addresses_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where addresses begin and end in `text`, without the punctuation of the sentence that follows them."""
    if "://" not in text and "www." not in text.lower():
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        url = match.group()
        while url and url[-1] in _TRAILING and not (url[-1] == ")" and "(" in url):
            url = url[:-1]
        if len(url) > 8:
            found.append((match.start(), match.start() + len(url)))
    return tuple(found)


def links_in(text: str) -> tuple[Link, ...]:
    """Return the links written in full in `text`, in order, each once."""
    return tuple(dict.fromkeys(link_to(text[start:end]) for start, end in addresses_in(text)))


def without_addresses(text: str) -> str:
    """Return `text` without the addresses written in it."""
    for start, end in reversed(addresses_in(text)):
        text = text[:start] + " " + text[end:]
    return " ".join(text.split())
