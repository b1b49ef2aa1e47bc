"""Every text has its English, with the same variables; no visible text escapes translation."""

from pathlib import Path

import pytest
from django.utils.translation import gettext, ngettext, override

from surelle.config import messages

from .visible_text import untranslated

TEMPLATES = sorted(messages.SOURCE.glob("**/templates/**/*.html"))


def test_every_text_has_its_english() -> None:
    faults = messages.faults()
    assert not faults, "./surelle manage messages, then fill in the msgstr:\n" + "\n".join(faults)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(messages.SOURCE)))
def test_no_visible_text_escapes_translation(template: Path) -> None:
    found = untranslated(template)
    assert not found, "\n".join(f"{template.name}:{line}: {words}" for line, words in found)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small source tree with one app and one template."""
    app = tmp_path / "collective" / "groups"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "models.py").write_text('from x import gettext_lazy as _\nNAME = _("%(count)s groupes")\n')
    (app / "templates" / "a.html").write_text(
        "<div>\n      {% trans 'Bonjour' %}\n  <c-x label=\"{% trans 'Rôle' context 'théâtre' %}\" />\n"
        "{% blocktranslate trimmed count n=2 %}\n  {{ n }} voix\n{% plural %}\n  {{ n }} voix entendues\n"
        "{% endblocktranslate %}\n</div>"
    )
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    monkeypatch.setattr(messages, "KEEPER_OF_THE_REST", tmp_path / "web")
    return app


def test_texts_are_found_in_code_and_templates(house: Path) -> None:
    assert messages.texts_by_home() == {
        house: {
            messages.Text("%(count)s groupes"),
            messages.Text("Bonjour"),
            messages.Text("Rôle", context="théâtre"),
            messages.Text("%(n)s voix", "%(n)s voix entendues"),
        }
    }


def test_an_update_keeps_english_and_drops_what_is_gone(house: Path) -> None:
    path = house / messages.CATALOGUE
    assert messages.update() == 4
    text = path.read_text().replace('msgid "Bonjour"\nmsgstr ""', 'msgid "Bonjour"\nmsgstr "Hello"')
    path.write_text(text)
    (house / "models.py").write_text("")
    assert messages.update() == 2
    kept = path.read_text()
    assert 'msgstr "Hello"' in kept
    assert "groupes" not in kept
    messages.update()
    assert path.read_text() == kept
    assert "Date" not in kept.replace("Content", "")


def test_faults_are_named(house: Path) -> None:
    messages.update()
    path = house / messages.CATALOGUE
    path.write_text(path.read_text().replace('groupes"\nmsgstr ""', 'groupes"\nmsgstr "%(n)s groups"'))
    faults = "\n".join(messages.faults())
    assert "Bonjour" in faults
    assert "n'ont pas les mêmes variables" in faults


def test_compiled_catalogues_follow_their_source(house: Path) -> None:
    messages.update()
    messages.compile_catalogues()
    compiled = house / messages.COMPILED["en"]
    age = compiled.stat().st_mtime_ns
    messages.compile_catalogues()
    assert compiled.stat().st_mtime_ns == age
    assert (house / messages.COMPILED["fr"]).exists()


def test_french_plural_is_french() -> None:
    """Zero is singular in French, plural in English; texts come from the catalogues of the house."""
    known = [m for path in messages.SOURCE.glob(f"**/{messages.CATALOGUE}") for m in messages.read(path) if m.id]
    plural = next((m.id for m in known if isinstance(m.id, tuple) and "%" not in m.id[0] and not m.context), None)
    single = next(m for m in known if isinstance(m.id, str) and messages.is_whole(m) and not m.context)
    with override("fr"):
        assert gettext(single.id) == single.id
        if plural:
            assert ngettext(*plural, 0) == plural[0]
    with override("en"):
        assert gettext(single.id) == single.string


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Bonjour à tous</p>", 1),
        ("<p>{% trans 'Bonjour' %} : {{ name }} (CSV)</p>", 0),
        ("{% blocktrans %}Bonjour {{ name }}{% endblocktrans %}", 0),
        ("<input placeholder='Chercher' name='q'>", 1),
        ("<a title=\"{% trans 'Fermer' %}\" class='a b'>×</a>", 0),
        ("<c-button label='Publier ce témoignage' icon='arrow-left' class='big red' />", 1),
        ("<c-field name='text' kind='body' />", 0),
        ("<script>let mot = 1</script><kbd>Échap</kbd><p translate='no'>Oxalis acetosella</p>", 0),
        ("{% comment %}à revoir{% endcomment %}{# note #}<!-- remarque -->", 0),
    ],
)
def test_visible_texts_are_seen(source: str, expected: int, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(source)
    assert len(untranslated(page)) == expected
