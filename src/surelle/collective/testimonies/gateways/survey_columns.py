"""What the columns of a survey hold: told by their titles, in French and in English, and by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from surelle.collective.testimonies.rules.reading.folding import key


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    FIRST_NAME = "first_name"
    GROUP = "group"
    DATE = "date"
    CONSENT = "consent"
    TECHNICAL = "technical"
    QUESTION = "question"


# Whole titles, folded, without the words of `POLITE` before them.
TITLES: Final = {
    Role.NAME: frozenset(
        {"nom", "noms", "nom prenom", "prenom nom", "nom et prenom", "prenom et nom", "nom complet", "nom de famille",
         "auteur", "autrice", "auteurice", "auteur e", "personne", "repondant", "repondante", "repondant e",
         "participant", "participante", "participant e", "qui", "qui es tu", "qui etes vous", "identite",
         "cooperateur", "cooperatrice", "cooperateur rice", "entrepreneur", "name", "full name", "last name",
         "surname", "author", "respondent", "member", "who are you"}
    ),
    Role.FIRST_NAME: frozenset({"prenom", "prenoms", "first name", "given name"}),
    Role.GROUP: frozenset(
        {"groupe", "groupes", "groupe de travail", "groupe local", "groupe metier", "collectif", "equipe", "antenne",
         "etablissement", "gt", "gl", "group", "working group", "local group", "trade group", "collective", "team"}
    ),
    Role.DATE: frozenset(
        {"date", "horodateur", "horodatage", "timestamp", "date de soumission", "date d envoi", "soumis le",
         "submitted", "date de reponse", "rempli le", "submission date", "date de derniere action", "completed",
         "heure de fin", "date du temoignage", "date de l entretien"}
    ),
    Role.TECHNICAL: frozenset(
        {"id", "identifiant", "numero", "n", "no", "uid", "sid", "ip", "adresse ip", "ip address", "mail", "email",
         "e mail", "courriel", "adresse mail", "adresse e mail", "adresse email", "adresse courriel", "email address",
         "adresse de messagerie", "telephone", "tel", "phone", "numero de serie", "id de la reponse", "response id",
         "derniere page", "last page", "langue de depart", "start language", "tete de serie", "seed", "utilisateur",
         "username", "heure de debut", "date de lancement", "referrer url", "url de reference", "brouillon", "duree"}
    ),
}  # fmt: skip
POLITE: Final = re.compile(
    r"^(?:(?:quel(?:le)?s? (?:est|sont) |indique[rz]? |ecri(?:s|vez) |what is )?"
    r"(?:votre|vos|ton|ta|tes|mon|ma|le|la|l|your|the) )+"
)
CONSENT: Final = re.compile(
    r"\b(?:consent\w*|autoris\w+|j accepte|acceptez|rgpd|gdpr|droit a l image|i agree|permission)\b"
)
YES_NO: Final = re.compile(
    r"^(?:oui|non|yes|no|x|0|1|true|false|vrai|faux|ok|d accord|accepte|refuse|(?:oui |non |yes |no )?(?:j|je|i) .*)?$"
)
DATE_CELL: Final = re.compile(r"^\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}\b|^\d{4}(?:-\d{2})?$|^\d{1,2} \w+ \d{4}")


def role_of(title: str, cells: Sequence[str]) -> Role:
    """The role of a column, from its title, and from its cells where the title alone could be a question's."""
    folded = key(title)
    short = POLITE.sub("", folded)
    for role in (Role.NAME, Role.FIRST_NAME, Role.GROUP, Role.TECHNICAL):
        if short in TITLES[role]:
            return role
    if short in TITLES[Role.DATE]:
        return Role.DATE if all(DATE_CELL.match(cell) for cell in cells if cell) else Role.QUESTION
    if CONSENT.search(folded) and all(YES_NO.match(key(cell)) for cell in cells):
        return Role.CONSENT
    # A column without title holds answers all the same.
    return Role.QUESTION
