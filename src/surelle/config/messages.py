"""The English catalogues: `./surelle manage messages` keeps them in step with the French texts of code and templates.

Each app has `locale/en/LC_MESSAGES/django.po`, where the French text is the key; what belongs to no app is kept by
`surelle.web`. There are no dates and no line numbers, so that a catalogue changes only when a text does. Compiled
catalogues (`.mo`) are made when they are needed and are not in the repository. A French one is made beside each, where
every text stands for itself: it gives the French plural (0 is singular), and keeps a package's catalogue from giving
another sense to one of our words.

`messages` updates, `messages --check` only says what is missing. No gettext programs are needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surelle.kernel.terminal import in_words, say

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")
COMPILED = {language: Path("locale", language, "LC_MESSAGES", "django.mo") for language in ("en", "fr")}
KEEPER_OF_THE_REST = SOURCE / "web"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
FUNCTIONS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-z]|%[a-z]|\{\w*[^{}]*\}|</?[a-z]+")


@dataclass(frozen=True, order=True)
class Text:
    """A French text as the code has it; `plural` is empty for most."""

    french: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        return (self.french, self.plural) if self.plural else self.french


def homes() -> list[Path]:
    """Return the folder of every app, and of every part that stands for one in the search for its catalogue."""
    return sorted(
        {models.parent for models in SOURCE.glob("*/*/apps.py")} | {p.parent for p in SOURCE.glob("*/apps.py")}
    )


def home_of(file: Path, known: list[Path]) -> Path:
    """Return the folder whose catalogue keeps the texts of `file`."""
    within = [home for home in known if file.is_relative_to(home)]
    return max(within, key=lambda home: len(home.parts), default=KEEPER_OF_THE_REST)


def extract(method: str, code: str) -> Iterator[Text]:
    from babel.messages.extract import extract as extract_with_babel

    found = extract_with_babel(method, io.BytesIO(code.encode()), keywords=FUNCTIONS, options={"encoding": "utf-8"})
    for _, words, _, context in found:
        forms = (words,) if isinstance(words, str) else tuple(word or "" for word in words)
        if forms[0]:
            yield Text(forms[0], forms[1] if len(forms) > 1 else "", context or "")


def texts_of(file: Path) -> Iterator[Text]:
    """Yield the texts that a Python file or a template marks for translation."""
    from django.utils.translation.template import templatize

    code = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What templatize leaves is Python but for the indentation of the page.
        code = "\n".join(line.lstrip() for line in templatize(code, origin=str(file)).splitlines())
    yield from extract("python", code)


def source_files() -> Iterator[Path]:
    for file in sorted(SOURCE.rglob("*")):
        parts = file.relative_to(SOURCE).parts
        if "tests" in parts or "migrations" in parts or "locale" in parts:
            continue
        if file.suffix == ".py" or ("templates" in parts and file.suffix in {".html", ".txt", ".typ", ".md", ".svg"}):
            yield file


def texts_by_home() -> dict[Path, set[Text]]:
    """Return, for each app's folder, the texts that its files mark for translation."""
    known = homes()
    found: dict[Path, set[Text]] = {}
    for file in source_files():
        for text in texts_of(file):
            found.setdefault(home_of(file, known), set()).add(text)
    return found


def read(path: Path) -> Any:
    """Return the catalogue at `path` (Babel's), empty if there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def is_whole(message: Any) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def update() -> int:
    """Bring every catalogue in step with the code: new texts in, obsolete ones out; return how many wait for English.

    A text that another app has already put into English is taken over from there.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    wanted = texts_by_home()
    present = {home: read(home / CATALOGUE) for home in {*homes(), *wanted}}
    known = {(m.id, m.context or ""): m for catalogue in present.values() for m in catalogue if m.id and is_whole(m)}
    waiting = 0
    for home, catalogue in present.items():
        fresh = Catalog(locale="en")
        for text in sorted(wanted.get(home, ())):
            kept = catalogue.get(text.key, text.context or None)
            if kept is None or not is_whole(kept):
                kept = known.get((text.key, text.context))
            fresh.add(
                text.key,
                kept.string if kept else None,
                context=text.context or None,
                user_comments=kept.user_comments if kept else (),
            )
            waiting += kept is None
        path = home / CATALOGUE
        if not wanted.get(home):
            path.unlink(missing_ok=True)
            continue
        written = io.BytesIO()
        write_po(written, fresh, width=120, no_location=True, omit_header=True, sort_output=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = HEADER + written.getvalue().decode().lstrip("\n")
        if not path.exists() or path.read_text(encoding="utf-8") != body:
            path.write_text(body, encoding="utf-8")
    return waiting


def faults() -> list[str]:
    """Return what is wrong with the catalogues: texts without English, obsolete ones, placeholders that differ."""
    found = []
    wanted = texts_by_home()
    for home in sorted({*homes(), *wanted}):
        path = home / CATALOGUE
        catalogue = read(path)
        texts = wanted.get(home, set())
        name = path.relative_to(SOURCE)
        for text in sorted(texts):
            message = catalogue.get(text.key, text.context or None)
            if message is None or not is_whole(message):
                found.append(f"{name}: « {text.french} » n'a pas d'anglais")
                continue
            english = message.string if isinstance(message.string, tuple | list) else (message.string,)
            french = (text.french, text.plural) if text.plural else (text.french,)
            for ours, theirs in zip(french, english, strict=True):
                if sorted(PLACEHOLDER.findall(ours)) != sorted(PLACEHOLDER.findall(theirs)):
                    found.append(f"{name}: « {ours} » et « {theirs} » n'ont pas les mêmes variables ou balises")
        keys = {(text.key, text.context) for text in texts}
        found += [f"{name}: « {m.id} » ne sert plus" for m in catalogue if m.id and (m.id, m.context or "") not in keys]
    return found


def compile_catalogues() -> None:
    """Make the `.mo` files that are missing or older than their `.po`; two processes may do so at once."""
    stale = []
    for path in SOURCE.glob(f"**/{CATALOGUE}"):
        home = path.parents[len(CATALOGUE.parts) - 1]
        age = path.stat().st_mtime_ns
        for language, compiled in COMPILED.items():
            target = home / compiled
            if not target.exists() or target.stat().st_mtime_ns < age:
                stale.append((path, language, target))
    for path, language, target in stale:
        compile_one(path, language, target)


def compile_one(path: Path, language: str, target: Path) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale=language, charset="utf-8")
    for message in read(path):
        if message.id and (language == "fr" or is_whole(message)):
            catalogue.add(message.id, message.id if language == "fr" else message.string, context=message.context)
    written = io.BytesIO()
    write_mo(written, catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{id(written)}.part")
    unfinished.write_bytes(written.getvalue())
    unfinished.replace(target)


def main(arguments: list[str]) -> int:
    """Update the catalogues, or with --check say what is wrong with them; 1 when something is."""
    if arguments not in ([], ["--check"]):
        print("./surelle manage messages [--check]", file=sys.stderr)
        return 2
    if arguments:
        wrong = faults()
        print("\n".join(wrong) or in_words("Tous les textes ont leur anglais.", "Every text has its English."))
        return bool(wrong)
    waiting = update()
    compile_catalogues()
    say(
        f"{waiting} texte(s) attendent leur anglais (msgstr vides).",
        f"{waiting} text(s) wait for English (empty msgstr).",
    )
    return 0
