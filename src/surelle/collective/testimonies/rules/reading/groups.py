"""Groups named in a heading or beside a name: « Groupe de travail X », « groupe local de Y », « CAE de Z »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.dates import without_date
from surelle.collective.testimonies.rules.reading.folding import fold

_SLASH: Final = re.compile(r"\s+[/|>]\s+|\s+[–—]\s+|\s*//\s*")
_EDGES: Final = " \t\u00a0\u202f:;,.«»\"“”'-–—/|*_()"
_CLOSING: Final = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]?\s*$")


@dataclass(frozen=True)
class Group:
    """A group as a text names it: `kind` as in Entry, "" when only a name is given."""

    name: str
    kind: str
    start: int = 0


def segments(heading: str) -> list[str]:
    """Return the parts of a heading between slashes, bars and dashes."""
    return [part.strip(_EDGES) for part in _SLASH.split(heading) if part.strip(_EDGES)]


def group_beside(detail: str) -> Group | None:
    """Return the group that the words beside a name give: « (groupe accueil) », in lower case too."""
    found = group_in(detail)
    if found is not None:
        return found
    match = re.match(r"(?:membre du |du |au )?(groupe|collectif|equipe|commission|chantier) (?=\S)", fold(detail))
    name = _trim(re.split(r"[,;/]", detail[match.end() :], maxsplit=1)[0]) if match else ""
    if match is None or not name or len(name.split()) > 3:
        return None
    kind = {"collectif": "collective", "commission": "working_group", "chantier": "working_group"}.get(match[1], "")
    return Group(name, kind, match.start(1))


def group_in(text: str) -> Group | None:
    """Return the group that `text` names, None when it names none."""
    if not cues.ANY_GROUP.search(fold(text)):
        return None
    parts = segments(text)
    offset = 0
    for place, part in enumerate(parts):
        offset = text.find(part, offset)
        folded = fold(part)
        for kind, pattern in cues.GROUP_KINDS:
            match = pattern.search(folded)
            if match is None:
                continue
            if match.group() in cues.ABBREVIATED_GROUPS and not part[match.start() : match.end()].isupper():
                continue
            name = _name_after(part, match.start(), match.end(), kind)
            if not name and place + 1 < len(parts):
                name = _trim(parts[place + 1])
                if name and kind in cues.WHOLE_NAME_GROUPS:  # « Réseau des coopératives / Bretagne » is the whole name
                    name = f"{_trim(part[match.start() :])} / {name}"
            if name and (kind or name[0].isupper() or name[0].isdigit()):
                return Group(name, kind, offset + match.start())
    return None


def _name_after(part: str, start: int, end: int, kind: str) -> str:
    if kind in cues.WHOLE_NAME_GROUPS:
        rest = _trim(part[end:])
        proper = any(word[0].isupper() for word in rest.split() if word)
        return _trim(part[start:]) if proper else ""
    rest = part[end:]
    if rest[:1] in ",.;?!":
        return ""
    link = cues.GROUP_NAME_LINK.match(fold(rest))
    linked = bool(link and link.group().strip())
    rest = _trim(rest[link.end() :] if link else rest)
    if not rest or len(rest) > 90:
        return ""
    # « groupe local où nous avons parlé » names no group: a name has a capital, or follows « sur »
    if rest[0].isupper() or rest[0].isdigit():
        return rest
    tail = fold(rest)
    if kind not in cues.PLAIN_GROUPS or len(tail.split()) > 5 or cues.FIRST_PERSON.search(tail):
        return ""
    first = tail.split()[0]
    alone = not part[:start].strip() and fold(part[start:end]).split()[0] in cues.ONE_GROUP  # one group, at the start
    return rest if linked or (alone and first not in cues.STOP_WORDS and not first.endswith("ant")) else ""


def _trim(name: str) -> str:
    name = without_date(name, bare_year=True)
    name = _CLOSING.sub("", name) if len(_CLOSING.sub("", name).strip(_EDGES)) > 1 else name
    pieces = re.split(r"\s+-\s+|\s*:\s+", name)
    while len(pieces) > 1 and cues.KIND_WORDS.match(fold(pieces[-1])):
        pieces.pop()
        name = name[: name.rfind(pieces[-1]) + len(pieces[-1])]
    return " ".join(name.strip(_EDGES).split())
