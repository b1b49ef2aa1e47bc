"""Taguette projects: highlights keep their words, and a hostile database gets a sentence."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies.gateways import Remark, UnreadableSource
from surelle.collective.testimonies.gateways.taguette import projects_in, read_taguette
from surelle.collective.testimonies.rules.exchange import Project

# As Taguette 1.5.2 creates them, the tables that are read.
SCHEMA = """
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL,
  text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
  path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
  user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
"""
CREATED = "2026-03-02 10:30:00.000000"
CONTENTS = "<h1>Été &amp; co</h1>\n<p>On se <em>tient</em> chaud 🌞.<br>Voilà.</p><p>Fin</p>"
PLAIN = "Été & co\nOn se tient chaud 🌞.Voilà.Fin"  # the text without tags, as Taguette counts it


def offset(words: str) -> tuple[int, int]:
    start = PLAIN.index(words)
    return len(PLAIN[:start].encode()), len(PLAIN[: start + len(words)].encode())


def database(change: Callable[[sqlite3.Connection], object] = lambda base: None, schema: str = SCHEMA) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite3"
        base = sqlite3.connect(path)
        base.executescript(schema)
        if schema == SCHEMA:
            base.execute("INSERT INTO projects VALUES (1, 'Voix', 'Chantier', ?)", (CREATED,))
            base.execute(
                "INSERT INTO documents VALUES (1, 'Ana', '', 'a.txt', ?, 1, 'LEFT_TO_RIGHT', ?)", (CREATED, CONTENTS)
            )
            tags = [(1, "soin", "Le soin"), (2, "soin.écoute", ""), (3, "lien.fort", "")]
            base.executemany("INSERT INTO tags VALUES (?, 1, ?, ?)", tags)
            marks = [(1, "tient chaud 🌞"), (2, "Été & co\nOn"), (3, "Voilà."), (4, "Fin")]
            for number, words in marks:
                base.execute(
                    "INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (number, *offset(words), f"<p>{words}</p>")
                )
            base.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(1, 2), (1, 1), (2, 3)])
            payload = '{"type": "highlight_add", "highlight_id": 1}'
            base.execute("INSERT INTO commands VALUES (1, ?, 'ana', 1, 1, ?)", (CREATED, payload))
        change(base)
        base.commit()
        base.close()
        return path.read_bytes()


def marked(project: Project) -> list[str]:
    return [source.text[s.start : s.end] for source in project.sources for s in source.selections]


def test_highlights_keep_their_words_their_tags_and_their_author() -> None:
    project = read_taguette("voix.sqlite3", database())
    (source,) = project.sources
    assert source.text == "Été & co\n\nOn se tient chaud 🌞.\nVoilà.\nFin\n"
    assert marked(project) == ["Été & co\n\nOn", "tient chaud 🌞", "Voilà.", "Fin"]
    soin, lien = sorted(project.codes, key=lambda code: code.name, reverse=True)
    assert (soin.name, soin.description, [c.name for c in soin.children]) == ("soin", "Le soin", ["écoute"])
    assert lien.name == "lien.fort"
    first = source.selections[1]
    assert set(first.codes) == {soin.guid, soin.children[0].guid}
    assert (project.users[0].name, first.user) == ("ana", project.users[0].guid)
    assert first.created is not None
    assert first.created.isoformat() == "2026-03-02T10:30:00+00:00"
    assert project.remarks == ()
    assert read_taguette("voix.sqlite3", database()) == project  # the same identifiers each time


def test_a_highlight_whose_words_moved_is_found_and_told() -> None:
    def move(base: sqlite3.Connection) -> None:
        base.execute("UPDATE highlights SET start_offset = 2, end_offset = 9 WHERE id = 1")
        base.execute("UPDATE highlights SET snippet = 'autre' WHERE id = 3")

    project = read_taguette("voix.sqlite3", database(move))
    assert "tient chaud 🌞" in marked(project)
    assert [r.code for r in project.remarks if isinstance(r, Remark)] == ["moved_passages", "uncertain_passages"]


def test_one_of_several_projects_is_chosen() -> None:
    data = database(lambda base: base.execute("INSERT INTO projects VALUES (2, 'Autre', '', ?)", (CREATED,)))
    assert projects_in("x.sqlite3", data) == ((1, "Voix"), (2, "Autre"))
    assert read_taguette("x.sqlite3", data, 2).sources == ()
    with pytest.raises(UnreadableSource) as caught:
        read_taguette("x.sqlite3", data)
    assert "1 = Voix" in caught.value.message()


def sql(*statements: str) -> bytes:
    def change(base: sqlite3.Connection) -> None:
        for statement in statements:
            base.execute(statement)

    return database(change)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'x' AS name FROM n"
BAD = [
    ("vide", b"", "empty"),
    ("texte", b"bonjour", "not_taguette"),
    ("autre base", database(schema="CREATE TABLE x (y)"), "not_taguette"),
    ("sans colonne", sql("ALTER TABLE documents DROP COLUMN contents"), "not_taguette"),
    ("vue", sql("DROP TABLE tags", f"CREATE VIEW tags AS {ENDLESS}"), "not_taguette"),
    ("calculée", sql("ALTER TABLE tags RENAME TO t", "CREATE TABLE tags (id, project_id, path, description AS (path))"),
     "not_taguette"),
    ("virtuelle", sql("DROP TABLE tags", "CREATE VIRTUAL TABLE tags USING fts5(id, project_id, path, description)"),
     "not_taguette"),
    ("types", sql("UPDATE documents SET contents = x'ff00'"), "damaged_database"),
    ("encodage", sql("UPDATE documents SET contents = CAST(x'ff41' AS TEXT)"), "damaged_database"),
    ("nombre", sql("UPDATE highlights SET start_offset = 'a'"), "damaged_database"),
    ("hors du texte", sql("UPDATE highlights SET end_offset = 100000"), "out_of_text"),
    ("négatif", sql("UPDATE highlights SET start_offset = -1"), "out_of_text"),
    ("balises ouvertes", sql("UPDATE documents SET contents = replace(hex(zeroblob(50000)), '0', '<a ')"),
     "damaged_database"),
    ("sans projet", sql("DELETE FROM projects"), "not_taguette"),
    ("coupée", database()[:5000], "damaged_database"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "data", "code"), BAD, ids=[row[0] for row in BAD])
def test_a_hostile_database_gets_a_sentence(title: str, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_taguette("voix.sqlite3", data)
    assert caught.value.code == code
    for language in ("fr", "en"):
        assert "voix.sqlite3" in caught.value.message(language)


WHOLE = database()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_database_gives_a_project_or_a_refusal(data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(16, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableSource):
        assert isinstance(read_taguette("x.sqlite3", bytes(broken)), Project)


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(st.text(alphabet="aé🌞 &<", min_size=1, max_size=6), min_size=1, max_size=5),
    tag=st.sampled_from(["p", "em", "li"]),
    data=st.data(),
)
def test_any_highlight_keeps_its_words(words: list[str], tag: str, data: st.DataObject) -> None:
    plain = ("x" + "".join(words)) if words else ""
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]
    html = "x" + "".join(f"<{tag}>{word}</{tag}>" for word in escaped)
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))

    def change(base: sqlite3.Connection) -> None:
        base.execute("DELETE FROM highlights")
        base.execute("UPDATE documents SET contents = ?", (html,))
        before, upto = len(plain[:start].encode()), len(plain[:end].encode())
        base.execute("INSERT INTO highlights VALUES (1, 1, ?, ?, '')", (before, upto))

    project = read_taguette("x.sqlite3", database(change))
    if plain[start:end].strip():
        (found,) = marked(project)
        assert found.replace("\n", "") == plain[start:end]
