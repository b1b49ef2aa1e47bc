"""To bring in what was analysed elsewhere: REFI-QDA projects and codebooks, Taguette projects."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..access import collection_themes
from ..documents.projects import guid_of
from ..gateways.refi_qda import read_codebook, read_project
from ..gateways.taguette import read_taguette
from ..models import Collection, Excerpt, ExcerptTheme, Source, Testimony, Theme
from ..queries.changes import fingerprints, prints_of
from ..rules.anchoring import anchor, canonical, without_margins
from ..rules.exchange import Code, Project, Selection, TextSource, values_of_selections, walk
from ..rules.states import READABLE, State
from .collections import must_be_open, next_position
from .finding import index_testimonies
from .refusals import Refused, must_run
from .themes import HUES

SQLITE = b"SQLite format 3\0"
ZIP = b"PK\x03\x04"
GROUP_NAMES = frozenset({"groupe", "group", "équipe", "team"})
TENURE_NAMES = frozenset({"ancienneté", "tenure", "seniority"})
DATE_NAMES = frozenset({"date"})
TONE_NAMES = frozenset({"ton", "tone"})


class UnknownProject(Refused):
    sentence = _(
        "Ce fichier n'est ni un projet REFI-QDA (.qdpx), ni une liste de thèmes (.qdc),"
        " ni un projet Taguette (.sqlite3)."
    )


@dataclass
class Brought:
    """What an import did. `is_new` is false when the very same file was brought before: nothing changed then."""

    is_new: bool = True
    testimonies: int = 0
    themes: int = 0
    excerpts: int = 0
    known: int = 0  # voices that were there already
    withdrawn: int = 0  # voices that were withdrawn here, and stay out
    changed: int = 0  # voices whose text is another one here: left alone
    remarks: list[str] = field(default_factory=list)


def import_project(*, member: Membership, collection: Collection, name: str, data: bytes) -> Brought:
    """Bring a project or codebook into a collection: themes, voices awaiting consent, marks, in one transaction.

    The same file twice changes nothing, nor does what was exported from this collection. Raises NotYours,
    CollectionClosed, UnknownProject, and gateways.UnreadableSource; nothing is stored then.
    """
    must_run(member, collection)
    must_be_open(collection)
    sha256 = hashlib.sha256(data).hexdigest()
    if Source.objects.filter(collection=collection, sha256=sha256, state=Source.State.CONFIRMED).exists():
        return Brought(is_new=False)
    if data.startswith(SQLITE):
        return _keep(member, collection, name, sha256, "taguette", read_taguette(name, data))
    if data.startswith(ZIP):
        return _keep(member, collection, name, sha256, "qdpx", read_project(name, data))
    if PurePath(name).suffix.lower() == ".qdc" or b"CodeBook" in data[:2000]:
        codebook = read_codebook(name, data)
        return _keep(member, collection, name, sha256, "qdc", Project(name, codes=codebook.codes))
    raise UnknownProject


@transaction.atomic
def _keep(member: Membership, collection: Collection, name: str, sha256: str, kind: str, project: Project) -> Brought:
    brought = Brought(remarks=[str(remark) for remark in project.remarks])
    source = Source.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        name=name[:255],
        format=kind,
        sha256=sha256,
        title=canonical(project.name)[:255],
        state=Source.State.CONFIRMED,
        imported_by=member,
        confirmed_at=timezone.now(),
    )
    themes = _themes(member, collection, project.codes, brought)
    _voices(member, collection, source, project, themes, brought)
    record(
        member=member,
        verb="import_project",
        about=source,
        label=collection.title,
        format=kind,
        testimonies=brought.testimonies,
        themes=brought.themes,
        excerpts=brought.excerpts,
    )
    return brought


def _themes(member: Membership, collection: Collection, codes: Sequence[Code], brought: Brought) -> dict[str, Theme]:
    """Return the theme of each code (by guid); one of the same name here is taken for the same theme."""
    here = list(collection_themes(collection))
    by_name = {theme.name.casefold(): theme for theme in here}
    by_guid = {guid_of(collection, "theme", theme.pk): theme for theme in here}
    above = {child.guid: code for code in walk(codes) for child in code.children}
    found: dict[str, Theme] = {}
    position = max((theme.position for theme in here), default=0)
    for code in walk(codes):
        name = " ".join(canonical(code.name).split())[:120] or str(_("Thème sans nom"))
        known = by_guid.get(code.guid.lower()) or by_name.get(name.casefold())
        if known is not None and known.pk in {t.pk for t in found.values()}:
            # Two codes of the same name in different places: the second says where it stands.
            parent = above.get(code.guid)
            name, known = _other_name(name, parent.name if parent else "", by_name), None
        if known is None:
            position += 1
            parent_code = above.get(code.guid)
            known = Theme.objects.create(
                cooperative_id=collection.cooperative_id,
                collection=collection,
                parent=found.get(parent_code.guid) if parent_code else None,
                name=name,
                definition=canonical(code.description).strip(),
                hue=(len(by_name)) % HUES,
                position=position,
                created_by=member,
            )
            brought.themes += 1
        by_name[name.casefold()] = known
        found[code.guid] = known
    return found


def _other_name(name: str, parent: str, taken: Mapping[str, Theme]) -> str:
    wanted = f"{name} ({canonical(parent)})"[:120] if parent else name
    n = 2
    while wanted.casefold() in taken:
        wanted, n = f"{name[:110]} ({n})", n + 1
    return wanted


def _voices(
    member: Membership,
    collection: Collection,
    source: Source,
    project: Project,
    themes: Mapping[str, Theme],
    brought: Brought,
) -> None:
    rows = Testimony.objects.filter(collection=collection).defer("context")
    withdrawn = frozenset(
        print_ for row in rows.filter(state=State.WITHDRAWN.value) for print_ in prints_of(row.source_entry)
    )
    here = {}
    for row in rows.exclude(state=State.WITHDRAWN.value):
        here[guid_of(collection, "voice", row.pk)] = row
        if row.source_entry:
            here[row.source_entry] = row
    tones = _tones(project)
    names = {v.guid: v.name.casefold() for v in project.variables}
    position = next_position(collection)
    made: list[Testimony] = []
    marks: list[tuple[Testimony, TextSource]] = []
    for text_source in project.sources:
        known = here.get(text_source.guid.lower())
        if known is not None:
            brought.known += 1
            if known.text != text_source.text:
                brought.changed += 1
            elif known.state in READABLE:
                marks.append((known, text_source))
            continue
        voice = _voice(member, collection, source, text_source, names, position + len(made))
        if fingerprints(voice.author_name, voice.text) & withdrawn:
            brought.withdrawn += 1
            continue
        if voice.text.strip():
            made.append(voice)
            marks.append((voice, text_source))
    Testimony.objects.bulk_create(made, batch_size=200)
    index_testimonies(made)
    brought.testimonies = len(made)
    brought.excerpts = _marks(member, collection, marks, themes, tones)


def _voice(
    member: Membership,
    collection: Collection,
    source: Source,
    text_source: TextSource,
    names: Mapping[str, str],
    position: int,
) -> Testimony:
    values = {names.get(guid, ""): value for guid, value in text_source.values}
    group = next((str(v) for n, v in values.items() if n in GROUP_NAMES), "")
    tenure_word = next((str(v).casefold() for n, v in values.items() if n in TENURE_NAMES), "")
    tenures = {str(label).casefold(): str(key) for key, label in Testimony.Tenure.choices}
    said_on = next((v for n, v in values.items() if n in DATE_NAMES and type(v) is date), None)
    author = PurePath(canonical(text_source.name)).stem if "." in text_source.name[-6:] else text_source.name
    return Testimony(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        kind=Testimony.Kind.INTERVIEW,
        state=State.AWAITING_CONSENT.value,
        author_kind=Testimony.AuthorKind.OUTSIDER if author.strip() else Testimony.AuthorKind.ANONYMOUS,
        author_name=canonical(author).strip()[:160],
        group_name=canonical(group).strip()[:160],
        tenure=tenures.get(tenure_word, ""),
        said_on=said_on,
        said_precision=Testimony.Precision.DAY if said_on else "",
        text=text_source.text,
        context=canonical(text_source.description).strip(),
        position=position,
        source=source,
        source_entry=text_source.guid.lower()[:80],
        created_by=member,
    )


def _tones(project: Project) -> dict[str, int]:
    """Return the tones of passages by guid, from the variable that is called so."""
    found: dict[str, int] = {}
    for variable in project.variables:
        if variable.name.casefold() in TONE_NAMES:
            for guid, value in values_of_selections(project, variable.guid).items():
                if isinstance(value, (int, float)) and -2 <= value <= 2:
                    found[guid] = round(value)
    return found


def _marks(
    member: Membership,
    collection: Collection,
    voices: Sequence[tuple[Testimony, TextSource]],
    themes: Mapping[str, Theme],
    tones: Mapping[str, int],
) -> int:
    """Write the passages that are not there yet; returns how many."""
    present: set[Any] = set()
    known = Excerpt.objects.filter(testimony__in=[voice.pk for voice, _source in voices[:5000]])
    for excerpt in known.prefetch_related("theme_links").iterator(chunk_size=1000):
        given = frozenset(link.theme_id for link in excerpt.theme_links.all())
        present.add((excerpt.testimony_id, excerpt.start, excerpt.end, given))
    made: list[Excerpt] = []
    given_to: list[frozenset[int]] = []
    for voice, text_source in voices:
        for selection in text_source.selections:
            new = _excerpt(member, collection, voice, selection, tones)
            given = frozenset(themes[code].pk for code in selection.codes if code in themes)
            if new is None or (voice.pk, new.start, new.end, given) in present:
                continue
            present.add((voice.pk, new.start, new.end, given))
            made.append(new)
            given_to.append(given)
    Excerpt.objects.bulk_create(made, batch_size=500)
    ExcerptTheme.objects.bulk_create(
        [
            ExcerptTheme(cooperative_id=collection.cooperative_id, excerpt=excerpt, theme_id=theme)
            for excerpt, given in zip(made, given_to, strict=True)
            for theme in sorted(given)
        ],
        batch_size=1000,
    )
    return len(made)


def _excerpt(
    member: Membership, collection: Collection, voice: Testimony, selection: Selection, tones: Mapping[str, int]
) -> Excerpt | None:
    start, end = without_margins(voice.text, selection.start, min(selection.end, len(voice.text)))
    if start >= end:
        return None
    place = anchor(voice.text, start, end)
    return Excerpt(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        testimony=voice,
        start=start,
        end=end,
        quote=place.quote,
        before=place.before,
        after=place.after,
        tone=tones.get(selection.guid),
        memo=canonical(selection.memo).strip(),
        marked_by=member,
    )
