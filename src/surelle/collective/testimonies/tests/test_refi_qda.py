"""REFI-QDA: what is written passes the standard and comes back; what strangers wrote is checked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies.gateways import Remark, UnreadableSource
from surelle.collective.testimonies.gateways.positions import normalized
from surelle.collective.testimonies.gateways.refi_qda import (
    read_codebook,
    read_project,
    write_codebook,
    write_project,
)
from surelle.collective.testimonies.rules.exchange import (
    Case,
    Code,
    Codebook,
    InvalidProject,
    Project,
    Selection,
    TextSource,
    User,
    Variable,
    VariableKind,
    cases_by_value,
    derived_guid,
    values_of_selections,
)
from surelle.collective.testimonies.tests.made_files import packed

CHECKER = (
    Path(os.environ.get("CONFORMITY_CHECKS", Path(__file__).resolve().parents[6] / "shared" / "conformity"))
    / "check_qdpx.sh"
)
AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def g(*parts: object) -> str:
    return derived_guid("test", *parts)


def project() -> Project:
    tone = Variable(g("tone"), "Ton", VariableKind.INTEGER)
    group = Variable(g("group"), "Groupe", description="Groupe de la voix")
    born = Variable(g("day"), "Jour", VariableKind.DATE)
    marks = (
        Selection(g("m1"), 0, 4, (g("lien"), g("soin")), g("ana"), AT, "À relire & <garder>\nici"),
        Selection(g("m2"), 2, 9, (g("soin"),), g("leo"), AT),
        Selection(g("m3"), 5, 9, (), g("leo")),
    )
    return Project(
        name="Nos voix « 2026 »",
        users=(User(g("ana"), "Ana Roy"), User(g("leo"), "Léo")),
        codes=(
            Code(g("racine"), "Racine", "Le début", "#aabbcc", False, (Code(g("lien"), "Lien"),)),
            Code(g("soin"), "Soin"),
        ),
        sources=(
            TextSource(g("s1"), "Ana", "Été 🌞\nnoël", AT, g("ana"), "note", marks, ((g("day"), date(2026, 3, 2)),)),
            TextSource(g("s2"), "Personne", ""),
        ),
        variables=(tone, group, born),
        cases=(
            Case(g("c1"), "Ana", "voix", ((g("group"), "Lyon & <Cie>"),), (g("s1"),)),
            *cases_by_value(tone, {g("m1"): 2, g("m2"): -1, g("m3"): 2}),
        ),
        description="Chantier",
        created=AT,
    )


def written(whole: Project) -> bytes:
    file = io.BytesIO()
    write_project(whole, file)
    return file.getvalue()


def changed(*pairs: tuple[str, str]) -> bytes:
    """The sample project with words of its manifest replaced."""
    with zipfile.ZipFile(io.BytesIO(written(project()))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    manifest = members["project.qde"].decode()
    for old, new in pairs:
        assert old in manifest
        manifest = manifest.replace(old, new)
    return packed({**members, "project.qde": manifest})


def test_a_project_comes_back_as_it_was() -> None:
    back = read_project("voix.qdpx", written(project()))
    assert back == project()
    assert values_of_selections(back, g("tone")) == {g("m1"): 2, g("m2"): -1, g("m3"): 2}
    assert {case.name for case in back.cases} == {"Ana", "Ton +2", "Ton -1"}


def test_the_same_project_gives_the_same_bytes_and_sources_may_be_a_stream() -> None:
    stream = replace(project(), sources=iter(project().sources))
    assert written(project()) == written(stream)


@pytest.mark.skipif(not CHECKER.exists() or "CONFORMITY_PYTHON" not in os.environ, reason="no conformity checker here")
def test_the_standard_is_kept(tmp_path: Path) -> None:
    for name, whole in {"full": project(), "empty": Project(name="")}.items():
        (tmp_path / f"{name}.qdpx").write_bytes(written(whole))
    run = subprocess.run(
        [CHECKER, "--strict", "-v", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    sys.stdout.write(run.stdout)


def test_a_codebook_comes_back_as_it_was() -> None:
    file = io.BytesIO()
    write_codebook(Codebook(project().codes), file)
    assert read_codebook("themes.qdc", file.getvalue()) == Codebook(project().codes)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(project(), users=()),
        replace(project(), codes=()),
        replace(project(), variables=()),
        replace(project(), codes=(*project().codes, Code(g("soin"), "Deux fois"))),
        replace(project(), codes=(Code("x", "Sans identifiant"),)),
        replace(project(), sources=(TextSource(g("s3"), "", "e\u0301"),)),
        replace(project(), sources=(TextSource(g("s3"), "", "a\r\n"),)),
        replace(project(), sources=(TextSource(g("s3"), "", "a", selections=(Selection(g("m"), 0, 2),)),)),
        replace(project(), cases=(Case(g("c"), "", selections=(g("nothing"),)),)),
        replace(project(), cases=(Case(g("c"), "", values=((g("tone"), "fort"),)),)),
    ],
)
def test_a_project_that_would_mislead_is_not_written(wrong: Project) -> None:
    with pytest.raises(InvalidProject):
        written(wrong)


MEMBER = f"sources/{g('s1')}.txt"
BAD = [
    ("pas un zip", b"bonjour", "not_qdpx", ""),
    ("sans manifeste", packed({"x": "y"}), "not_qdpx", ""),
    ("autre xml", packed({"project.qde": "<x/>"}), "not_qdpx", ""),
    ("entités", packed({"project.qde": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "xml_entities", "project.qde"),
    ("mal formé", packed({"project.qde": "<x>"}), "xml_broken", "project.qde"),
    ("bombe", packed({"project.qde": b" " * 20_000_000}), "zip_bomb", "20"),
    ("source absente", changed((f"internal://{g('s1')}.txt", "internal://ailleurs.txt")), "missing_member", "ailleurs"),
    ("chemin", changed((f"internal://{g('s1')}.txt", "absolute:///etc/passwd")), "missing_member", "passwd"),
    ("remonte", changed((f"internal://{g('s1')}.txt", "internal://../project.qde")), "missing_member", "project.qde"),
    ("hors du texte", changed(('endPosition="9"', 'endPosition="99"')), "out_of_text", "Ana"),
    ("négatif", changed(('startPosition="2"', 'startPosition="-2"')), "out_of_text", "Ana"),
    ("à l'envers", changed(('startPosition="5"', 'startPosition="10"')), "out_of_text", "Ana"),
    ("thème absent", changed((f'<Code guid="{g("soin")}"', f'<Code guid="{g("autre")}"')), "dangling_reference", "Ana"),
    ("identifiant", changed((f'<Code guid="{g("soin")}"', '<Code guid="soin"')), "bad_guid", "soin"),
    ("deux fois", changed((f'<User guid="{g("leo")}"', f'<User guid="{g("ana")}"')), "bad_guid", ""),
]


@pytest.mark.parametrize(("title", "data", "code", "place"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_project_gets_a_sentence(title: str, data: bytes, code: str, place: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_project("voix.qdpx", data)
    assert caught.value.code == code
    for language in ("fr", "en"):
        assert "voix.qdpx" in caught.value.message(language)
        assert place in caught.value.message(language)


@pytest.mark.parametrize("data", [b"", b"x", b"<x/>", b'<!DOCTYPE x><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'])
def test_a_bad_codebook_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_codebook("themes.qdc", data)
    assert "themes.qdc" in caught.value.message("en")


def test_other_programs_write_braces_line_ends_and_several_coders() -> None:
    manifest = """<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="P"><Users>
<User guid="{AAAAAAAA-0000-4000-8000-000000000001}" name="Ana"/>
<User guid="aaaaaaaa-0000-4000-8000-000000000002"/></Users>
<CodeBook><Codes><Code guid="AAAAAAAA-0000-4000-8000-000000000003" name="Lien" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="aaaaaaaa-0000-4000-8000-000000000004" name="T" plainTextPath="internal://T.txt">
<PlainTextSelection guid="aaaaaaaa-0000-4000-8000-000000000005" startPosition="4" endPosition="9">
<Coding guid="aaaaaaaa-0000-4000-8000-000000000006" creatingUser="aaaaaaaa-0000-4000-8000-000000000001">
<CodeRef targetGUID="{aaaaaaaa-0000-4000-8000-000000000003}"/></Coding>
<Coding guid="aaaaaaaa-0000-4000-8000-000000000007" creatingUser="aaaaaaaa-0000-4000-8000-000000000002">
<CodeRef targetGUID="aaaaaaaa-0000-4000-8000-000000000003"/></Coding></PlainTextSelection>
<Coding guid="aaaaaaaa-0000-4000-8000-000000000008">
<CodeRef targetGUID="aaaaaaaa-0000-4000-8000-000000000003"/></Coding>
</TextSource><AudioSource guid="aaaaaaaa-0000-4000-8000-000000000009" name="son"/></Sources></Project>"""
    data = packed({"project.qde": manifest, "Sources/t.TXT": b"\xef\xbb\xbf" + "un\r\ne\u0301te\u0301 !".encode()})
    back = read_project("p.qdpx", data)
    (source,) = back.sources
    assert source.text == "un\nété !"
    assert [source.text[s.start : s.end] for s in source.selections] == ["été", "été", "un\nété !"]
    assert [s.user[-1:] for s in source.selections] == ["1", "2", ""]
    assert len({s.guid for s in source.selections}) == 3
    assert [r.code for r in back.remarks if isinstance(r, Remark)] == [
        "line_ends_converted", "whole_document_coding", "other_sources",
    ]  # fmt: skip


TEXTS = st.text(max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text.replace("\r", "").replace("\0", "").replace("\ufeff", ""))
)
WORDS = st.text(
    alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=8
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    users = tuple(User(g("u", i), draw(WORDS)) for i in range(draw(st.integers(0, 2))))
    codes = tuple(
        Code(g("k", i), draw(WORDS), draw(WORDS), children=(Code(g("kk", i), draw(WORDS)),))
        for i in range(draw(st.integers(0, 2)))
    )
    guids = [code.guid for code in codes]
    sources = []
    for number in range(draw(st.integers(0, 3))):
        text = draw(TEXTS)
        selections = []
        for index in range(draw(st.integers(0, 3)) if text else 0):
            start = draw(st.integers(0, len(text) - 1))
            chosen = draw(st.lists(st.sampled_from(guids), unique=True)) if guids else []
            user = draw(st.sampled_from(users)).guid if users else ""
            selections.append(
                Selection(
                    g("m", number, index),
                    start,
                    draw(st.integers(start + 1, len(text))),
                    tuple(chosen),
                    user,
                    draw(st.sampled_from([None, AT])),
                    draw(WORDS),
                )
            )
        sources.append(TextSource(g("t", number), draw(WORDS), text, None, "", draw(WORDS), tuple(selections)))
    variables = (Variable(g("v"), draw(WORDS)),)
    cases = tuple(Case(g("c", i), draw(WORDS), "", ((g("v"), draw(WORDS)),), (s.guid,)) for i, s in enumerate(sources))
    return Project(draw(WORDS) or "P", users, codes, tuple(sources), variables, cases, draw(WORDS))


@settings(max_examples=80, deadline=None)
@given(whole=projects())
def test_any_project_comes_back(whole: Project) -> None:
    assert read_project("p.qdpx", written(whole)) == whole


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("ab\r\né e\u0301\u0327\u1100\u1161\u11a8가🌞\u0958"), max_size=20),
    data=st.data(),
)
def test_positions_follow_their_words(text: str, data: st.DataObject) -> None:
    new, start_of, end_of = normalized(text)
    assert new == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert 0 <= start_of(start) <= len(new)
    if start < end:
        kept = new[start_of(start) : end_of(end)]
        passage = unicodedata.normalize("NFD", text[start:end].replace("\r\n", "\n").replace("\r", "\n"))
        assert set(passage) <= set(unicodedata.normalize("NFD", kept))
