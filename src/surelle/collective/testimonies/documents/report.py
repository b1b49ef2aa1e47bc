"""The report as a PDF, set by Typst: what people said goes in as data, never as markup."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from surelle.web.tones import TONE_WORDS

from ..queries.report import Report, as_data

SHEET = Path(__file__).with_name("report.typ")
LEAF = settings.SOURCE / "web" / "static" / "web" / "leaf.svg"


def report_pdf(report: Report) -> bytes:
    """Return the report as a tagged, archival PDF (PDF/A-2a)."""
    return typst.compile(
        SHEET,
        root=SHEET.parent,
        font_paths=list(settings.FONT_FOLDERS),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={
            "data": json.dumps(report_data(report), ensure_ascii=False),
            "leaf": LEAF.read_text(encoding="utf-8"),
        },
        pdf_standards="a-2a",
        timestamp=int(timezone.now().timestamp()),
    )


def report_data(report: Report) -> dict[str, Any]:
    """Return everything that the sheet prints, every sentence in the reader's language."""
    data = as_data(report)
    day = report.made_on
    return data | {
        "language": (get_language() or "fr")[:2],
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "made-on-words": date_format(day, "j F Y"),
        "key-figures": key_figures(report),
        "heard-words": heard_words(report),
        "unnamed-words": ngettext(
            "Une autre voix n'est pas nommée.", "%(n)d autres voix ne sont pas nommées.", report.unnamed
        )
        % {"n": report.unnamed},
        "heard": [{"name": row["name"] or _("Sans groupe"), "voices": row["voices"]} for row in data["heard"]],
        "silent": [{"said": silent_words(row["name"] or _("Sans groupe"), row["expected"])} for row in data["silent"]],
        "themes": [
            theme
            | {
                "counted": counted_words(theme["voices"], theme["excerpts"]),
                "opposed": _("Les voix s'opposent : %(glad)d en parlent en bien, %(sore)d en mal.")
                % {"glad": theme["glad"], "sore": theme["sore"]}
                if theme["glad"] and theme["sore"]
                else "",
                "quotes": [quote | {"signed": signed_words(quote)} for quote in theme["quotes"]],
            }
            for theme in data["themes"]
        ],
        "method": method_words(report),
        "words": {
            "colon": _(" : "),
            "tones": [str(TONE_WORDS[tone]) for tone in range(-2, 3)],
            "leaf": _("Trois feuilles de surelle"),
            "heard-heading": _("Qui a parlé"),
            "group": _("Groupe"),
            "voices": _("Voix"),
            "named-lead": _("Ont accepté d'être nommés :"),
            "themes-heading": _("Ce qui a été dit"),
            "themes-lead": _("Les thèmes sont rangés par nombre de voix. Un thème compte aussi ses sous-thèmes."),
            "open-quote": "« " if (get_language() or "fr").startswith("fr") else "“",
            "close-quote": " »" if (get_language() or "fr").startswith("fr") else "”",
            "no-quote": _("Des voix en ont parlé ; aucune n'a encore accepté d'être imprimée."),
            "silent-heading": _("Qui n'a pas encore été entendu"),
            "silent-lead": _("Ce rapport ne dit pas ce que pensent :"),
            "all-heard": _("Chaque groupe a une voix, et plus personne n'est attendu."),
            "method-heading": _("Comment ce rapport est fait"),
        },
    }


def key_figures(report: Report) -> str:
    return _("%(voices)d voix entendues, %(excerpts)d extraits marqués, %(themes)d thèmes.") % {
        "voices": report.voices,
        "excerpts": report.excerpts,
        "themes": len(report.themes),
    }


def heard_words(report: Report) -> str:
    return _(
        "%(voices)d voix ont été entendues dans %(testimonies)d témoignages. %(printable)d témoignages peuvent être"
        " cités ici ; les autres sont comptés, sans être cités."
    ) % {"voices": report.voices, "testimonies": report.testimonies, "printable": report.printable}


def counted_words(voices: int, excerpts: int) -> str:
    said = ngettext("%(n)d extrait", "%(n)d extraits", excerpts) % {"n": excerpts}
    spoken = ngettext("%(n)d voix", "%(n)d voix", voices) % {"n": voices}
    return f"{spoken}, {said}"


def signed_words(quote: dict[str, Any]) -> str:
    return ", ".join(part for part in (quote["name"] or _("Une voix"), quote["group"], quote["year"]) if part)


def silent_words(name: str, expected: int) -> str:
    if not expected:
        return _("%(group)s : aucune voix") % {"group": name}
    said = ngettext("%(n)d personne attendue", "%(n)d personnes attendues", expected) % {"n": expected}
    return _("%(group)s : %(people)s") % {"group": name, "people": said}


def method_words(report: Report) -> list[str]:
    """Return the paragraphs that say how the report was made."""
    return [
        _(
            "Des membres du groupe %(group)s ont lu les témoignages et marqué les mots qui portent un thème, parfois"
            " avec un ton de −2 à +2. Une personne compte pour une voix, quel que soit le nombre de ses témoignages."
        )
        % {"group": report.collection.group.name},
        _(
            "Les extraits cités sont choisis ainsi : d'abord ceux que l'équipe a épinglés, puis ceux sur lesquels"
            " plusieurs personnes sont tombées d'accord, puis les tons les plus francs et les longueurs faciles à"
            " lire ; une voix n'est citée qu'une fois par thème."
        ),
        _(
            "Ne sont cités que les témoignages dont l'auteur a accepté l'impression, et nommés que ceux qui ont aussi"
            " accepté de l'être. Chacun peut retirer son accord à tout moment : ses mots disparaissent du rapport"
            " suivant."
        ),
    ]
