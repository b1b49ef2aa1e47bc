"""What a reader noticed without stopping: shown beside the reading at the review, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from surelle.collective.testimonies.gateways.refusals import spoken

REMARKS: Final[Mapping[str, Mapping[str, str]]] = {
    "decoded_as": {
        "fr": "« {file} » n'est pas en UTF-8 : il a été lu en {encoding}. Si des accents sont faux ci-dessous, "
        "enregistrez le fichier en UTF-8 et importez-le à nouveau.",
        "en": "“{file}” is not in UTF-8: it was read as {encoding}. If accents look wrong below, save the file in "
        "UTF-8 and import it again.",
    },
    "control_characters": {
        "fr": "Caractères de contrôle invisibles retirés : {count}.",
        "en": "Invisible control characters removed: {count}.",
    },
    "scripts_dropped": {
        "fr": "« {file} » : scripts, styles et actions automatiques retirés : {count} (le premier ligne {line}). "
        "Vous n'avez rien à faire : seules les paroles sont gardées.",
        "en": "“{file}”: scripts, styles and automatic actions removed: {count} (the first on line {line}). There is "
        "nothing for you to do: only the words are kept.",
    },
    "unclosed_actions": {
        "fr": "« {file} » : actions du wiki ouvertes par {{{{ et jamais fermées : {count} (la première ligne {line}). "
        "Le reste de leur ligne n'a pas été pris pour des paroles ; ajoutez }}}} dans la page si des mots manquent.",
        "en": "“{file}”: actions of the wiki opened by {{{{ and never closed: {count} (the first on line {line}). The "
        "rest of their line was not taken for words; add }}}} to the page if words are missing.",
    },
    "outside_content": {
        "fr": "Seul le contenu de la page a été lu ; menus, en-tête et pied de page ont été laissés.",
        "en": "Only the content of the page was read; menus, header and footer were left out.",
    },
    "comments_ignored": {
        "fr": "Commentaires laissés de côté : {count}.",
        "en": "Comments left out: {count}.",
    },
    "deletions_ignored": {
        "fr": "Passages supprimés en suivi des modifications, laissés de côté : {count}.",
        "en": "Passages deleted under change tracking, left out: {count}.",
    },
    "several_sheets": {
        "fr": "Le classeur a {count} feuilles remplies : chacune est lue, sous son nom.",
        "en": "The workbook has {count} filled sheets: each is read, under its name.",
    },
    "columns_left_out": {
        "fr": "Colonnes laissées de côté (adresses, numéros techniques) : {columns}.",
        "en": "Columns left out (addresses, technical numbers): {columns}.",
    },
    "no_name_column": {
        "fr": "Aucune colonne ne donne de nom : chaque rangée est anonyme.",
        "en": "No column gives a name: each row is anonymous.",
    },
    "overlapping_cues": {
        "fr": "« {file} » : {count} réplique(s) commencent avant la fin de la précédente, la première est la réplique "
        "{cue} (ligne {line}). Toutes les paroles sont gardées, dans l'ordre du fichier ; corrigez les temps si "
        "l'ordre ne convient pas.",
        "en": "“{file}”: {count} cue(s) start before the end of the one above, the first is cue {cue} (line {line}). "
        "All the words are kept, in the order of the file; correct the times if the order is wrong.",
    },
    "words_without_time": {
        "fr": "Paroles sans temps, rattachées à la réplique qui précède : {count} (la première ligne {line}).",
        "en": "Words without a time, attached to the cue above: {count} (the first on line {line}).",
    },
    "other_sources": {
        "fr": "Sources du projet qui ne sont pas du texte, laissées de côté : {names}.",
        "en": "Sources of the project that are not text, left out: {names}.",
    },
    "line_ends_converted": {
        "fr": "« {name} » : fins de ligne ou lettres composées converties ; les passages ont suivi.",
        "en": "“{name}”: line ends or composed letters were converted; the passages followed.",
    },
    "whole_document_coding": {
        "fr": "« {name} » porte des thèmes sur le document entier : ils marquent tout son texte.",
        "en": "“{name}” carries themes on the whole document: they mark all of its text.",
    },
    "empty_passages": {
        "fr": "Passages vides laissés de côté : {count}.",
        "en": "Empty passages left out: {count}.",
    },
    "moved_passages": {
        "fr": "Passages retrouvés par leurs mots plutôt que par leur position : {count}.",
        "en": "Passages found by their words rather than by their position: {count}.",
    },
    "uncertain_passages": {
        "fr": "Passages dont les mots ne sont pas ceux que le projet avait notés, à vérifier : {count}.",
        "en": "Passages whose words are not those that the project had noted, to be checked: {count}.",
    },
}


class Remark(str):
    """A remark that is its French sentence, and can say itself in English: `code` is a key of `REMARKS`."""

    code: str
    parameters: Mapping[str, object]

    def __new__(cls, code: str, **parameters: object) -> Remark:
        self = super().__new__(cls, sentence(code, "fr", parameters))
        self.code = code
        self.parameters = MappingProxyType(dict(parameters))
        return self

    # A str subclass with other arguments is pickled and copied by remaking it from its code.
    def __reduce_ex__(self, protocol: object) -> tuple[object, tuple[str, dict[str, object]]]:
        return _remade, (self.code, dict(self.parameters))

    def message(self, language: str = "fr") -> str:
        """The remark as one sentence in `fr` or `en`."""
        return sentence(self.code, language, self.parameters)


def sentence(code: str, language: str, parameters: Mapping[str, object]) -> str:
    """The sentence of a remark, its parameters said in that language."""
    return REMARKS[code][language].format(**{key: spoken(value, language) for key, value in parameters.items()})


def _remade(code: str, parameters: dict[str, object]) -> Remark:
    return Remark(code, **parameters)
