"""The sentences of refusals, by code, in French and in English: what happened, how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sentence:
    """What happened and how to mend it; both may hold `{parameters}`."""

    what: str
    mend: str


# One row a refusal. The mend speaks to the person who has the file in hand, not to the one who wrote the reader.
REFUSALS: Final[Mapping[str, Mapping[str, Sentence]]] = {
    "empty": {
        "fr": Sentence(
            "le fichier est vide", "vérifiez que l'enregistrement s'est bien terminé, puis importez-le à nouveau"
        ),
        "en": Sentence("the file is empty", "check that it was saved to the end, then import it again"),
    },
    "too_large": {
        "fr": Sentence(
            "le fichier pèse {size}, la limite est de {limit}",
            "partagez-le en plusieurs fichiers plus petits, ou retirez-en les images",
        ),
        "en": Sentence(
            "the file weighs {size}, the limit is {limit}",
            "split it into smaller files, or take the pictures out of it",
        ),
    },
    "too_long": {
        "fr": Sentence(
            "le texte pèse {size}, la limite est de {limit}",
            "partagez-le en plusieurs fichiers, par exemple un par personne ou par séance",
        ),
        "en": Sentence(
            "the text weighs {size}, the limit is {limit}",
            "split it into several files, for instance one a person or a session",
        ),
    },
    "too_many_lines": {
        "fr": Sentence(
            "le texte compte plus de {limit} lignes",
            "retirez les lignes vides, ou partagez-le en plusieurs fichiers",
        ),
        "en": Sentence(
            "the text has more than {limit} lines", "take out the empty lines, or split it into several files"
        ),
    },
    "too_many_rows": {
        "fr": Sentence(
            "le tableau compte {count} cases, la limite est de {limit}",
            "supprimez les lignes et colonnes vides, ou partagez le tableau en plusieurs fichiers",
        ),
        "en": Sentence(
            "the table spans {count} cells, the limit is {limit}",
            "delete the empty rows and columns, or split the table into several files",
        ),
    },
    "unknown_format": {
        "fr": Sentence("le format « {format} » n'existe pas", "choisissez l'un de ceux-ci : {known}"),
        "en": Sentence("there is no format “{format}”", "choose one of these: {known}"),
    },
    "binary": {
        "fr": Sentence(
            "le contenu n'est pas du texte",
            "ouvrez-le avec le programme qui l'a créé et exportez-le en DOCX, ODT ou texte",
        ),
        "en": Sentence(
            "the content is not text", "open it with the program that made it and export it as DOCX, ODT or text"
        ),
    },
    "nul_bytes": {
        "fr": Sentence(
            "le texte contient des octets nuls : il est abîmé, ou ce n'est pas du texte",
            "ouvrez-le dans un éditeur de texte et enregistrez-le en UTF-8",
        ),
        "en": Sentence(
            "the text holds NUL bytes: it is damaged, or it is not text",
            "open it in a text editor and save it as UTF-8",
        ),
    },
    "encoding": {
        "fr": Sentence(
            "un caractère ne se lit ni en UTF-8, ni en UTF-16, ni en Windows-1252",
            "ouvrez-le dans un éditeur de texte et enregistrez-le en UTF-8",
        ),
        "en": Sentence(
            "a character reads neither as UTF-8, nor UTF-16, nor Windows-1252",
            "open it in a text editor and save it as UTF-8",
        ),
    },
    "mixed_encoding": {
        "fr": Sentence(
            "le texte est en UTF-8, mais un caractère y est abîmé",
            "corrigez cette ligne dans un éditeur de texte et enregistrez en UTF-8",
        ),
        "en": Sentence(
            "the text is UTF-8, but one character in it is damaged",
            "correct that line in a text editor and save as UTF-8",
        ),
    },
    "pdf": {
        "fr": Sentence(
            "c'est un PDF, et Surelle ne lit pas encore les PDF",
            "exportez le document d'origine en DOCX, ODT ou texte, ou copiez le texte du PDF dans un fichier .txt",
        ),
        "en": Sentence(
            "this is a PDF, and Surelle does not read PDF yet",
            "export the original document as DOCX, ODT or text, or copy the words of the PDF into a .txt file",
        ),
    },
    "image": {
        "fr": Sentence(
            "c'est une image ({kind}), quel que soit son nom",
            "importez le document dont elle est tirée, ou recopiez-en le texte",
        ),
        "en": Sentence(
            "this is a picture ({kind}), whatever its name",
            "import the document it was taken from, or type its text",
        ),
    },
    "media": {
        "fr": Sentence(
            "c'est un enregistrement ({kind}), pas un texte",
            "importez sa transcription (SRT, VTT ou texte), et joignez l'enregistrement au témoignage",
        ),
        "en": Sentence(
            "this is a recording ({kind}), not a text",
            "import its transcript (SRT, VTT or text), and attach the recording to the testimony",
        ),
    },
    "old_office": {
        "fr": Sentence(
            "c'est un ancien fichier Office (.doc, .xls ou .ppt)",
            "ouvrez-le avec LibreOffice ou Word et enregistrez-le en DOCX, ODT ou XLSX",
        ),
        "en": Sentence(
            "this is an old Office file (.doc, .xls or .ppt)",
            "open it with LibreOffice or Word and save it as DOCX, ODT or XLSX",
        ),
    },
    "rich_text": {
        "fr": Sentence("c'est un fichier RTF", "ouvrez-le avec LibreOffice ou Word et enregistrez-le en DOCX ou ODT"),
        "en": Sentence("this is an RTF file", "open it with LibreOffice or Word and save it as DOCX or ODT"),
    },
    "encrypted": {
        "fr": Sentence(
            "le fichier est protégé par un mot de passe",
            "enregistrez-en une copie sans mot de passe et importez la copie",
        ),
        "en": Sentence("the file is protected by a password", "save a copy of it without password and import the copy"),
    },
    "archive": {
        "fr": Sentence(
            "c'est une archive ({kind}), pas un document",
            "décompressez-la et importez chaque document qu'elle contient",
        ),
        "en": Sentence(
            "this is an archive ({kind}), not a document", "unpack it and import each document that it holds"
        ),
    },
    "qda_project": {
        "fr": Sentence(
            "c'est un projet d'analyse qualitative ({kind}), pas un document",
            "importez-le depuis la page « Rapport et échanges » du chantier",
        ),
        "en": Sentence(
            "this is a qualitative analysis project ({kind}), not a document",
            "import it from the page “Report and exchange” of the collection",
        ),
    },
    "other_content": {
        "fr": Sentence(
            "le fichier est annoncé comme {format}, mais son contenu n'en est pas",
            "donnez-lui l'extension de son vrai format, ou enregistrez-le à nouveau en {format}",
        ),
        "en": Sentence(
            "the file is announced as {format}, but its content is not",
            "give it the extension of its true format, or save it again as {format}",
        ),
    },
    "damaged_archive": {
        "fr": Sentence(
            "le fichier compressé est abîmé ou incomplet",
            "ouvrez-le avec le programme qui l'a créé et enregistrez-le à nouveau",
        ),
        "en": Sentence(
            "the compressed file is damaged or incomplete", "open it with the program that made it and save it again"
        ),
    },
    "zip_bomb": {
        "fr": Sentence(
            "le fichier est compressé de façon anormale : une fois ouvert il pèse {size} ou "
            "plus, au-delà de la limite de {limit}",
            "n'ouvrez pas ce fichier s'il vient d'un inconnu ; sinon enregistrez-le à nouveau, sans images",
        ),
        "en": Sentence(
            "the file is compressed abnormally: once opened it weighs {size} or more, past the limit of {limit}",
            "do not open this file if a stranger sent it; otherwise save it again, without pictures",
        ),
    },
    "too_many_members": {
        "fr": Sentence(
            "le fichier contient {count} parties, la limite est de {limit}",
            "enregistrez-le à nouveau avec le programme qui l'a créé, ou partagez-le",
        ),
        "en": Sentence(
            "the file holds {count} parts, the limit is {limit}",
            "save it again with the program that made it, or split it",
        ),
    },
    "missing_member": {
        "fr": Sentence("cette partie manque dans le fichier", "exportez-le à nouveau avec le programme qui l'a créé"),
        "en": Sentence("this part is missing from the file", "export it again with the program that made it"),
    },
    "xml_entities": {
        "fr": Sentence(
            "le XML déclare une DTD ou des entités, que Surelle refuse par sûreté",
            "enregistrez le document à nouveau avec LibreOffice ou Word, qui n'en écrivent pas",
        ),
        "en": Sentence(
            "the XML declares a DTD or entities, which Surelle refuses for safety",
            "save the document again with LibreOffice or Word, which write none",
        ),
    },
    "xml_encoding": {
        "fr": Sentence("le XML n'est pas en UTF-8", "enregistrez le document à nouveau en UTF-8"),
        "en": Sentence("the XML is not in UTF-8", "save the document again in UTF-8"),
    },
    "xml_broken": {
        "fr": Sentence("le XML est mal formé", "enregistrez le document à nouveau avec le programme qui l'a créé"),
        "en": Sentence("the XML is malformed", "save the document again with the program that made it"),
    },
    "nesting": {
        "fr": Sentence(
            "les balises sont imbriquées sur plus de {limit} niveaux",
            "copiez le texte visible de la page dans un fichier .txt et importez ce fichier",
        ),
        "en": Sentence(
            "the tags are nested more than {limit} deep",
            "copy the visible text of the page into a .txt file and import that file",
        ),
    },
    "no_words": {
        "fr": Sentence(
            "aucun mot n'a été trouvé dans ce fichier",
            "vérifiez que c'est le bon fichier ; s'il s'agit d'une page, enregistrez-la une fois affichée en entier",
        ),
        "en": Sentence(
            "no word was found in this file",
            "check that it is the right file; if it is a page, save it once it shows in full",
        ),
    },
    "json_broken": {
        "fr": Sentence("le JSON est mal formé", "exportez la page à nouveau depuis « api/pages » de votre wiki"),
        "en": Sentence("the JSON is malformed", "export the page again from “api/pages” of your wiki"),
    },
    "ragged_row": {
        "fr": Sentence(
            "cette rangée a {found} cases, l'en-tête en a {expected}",
            "complétez la rangée, ou mettez entre guillemets les réponses qui contiennent « {delimiter} »",
        ),
        "en": Sentence(
            "this row has {found} cells, the header has {expected}",
            "complete the row, or put the answers that contain “{delimiter}” between quotation marks",
        ),
    },
    "unclosed_quote": {
        "fr": Sentence(
            "un guillemet n'y est pas fermé, ou est suivi de texte",
            "fermez le guillemet, et doublez ceux qui font partie d'une réponse",
        ),
        "en": Sentence(
            "a quotation mark is not closed there, or is followed by text",
            "close the quotation mark, and double those that belong to an answer",
        ),
    },
    "no_header": {
        "fr": Sentence(
            "l'en-tête ne nomme aucune question", "mettez sur la première rangée le nom, puis une question par colonne"
        ),
        "en": Sentence("the header names no question", "put the name, then one question a column, on the first row"),
    },
    "broken_table": {
        "fr": Sentence("le tableau ne se lit pas", "ouvrez-le avec LibreOffice ou Excel et enregistrez-le à nouveau"),
        "en": Sentence("the table cannot be read", "open it with LibreOffice or Excel and save it again"),
    },
    "no_cues": {
        "fr": Sentence(
            "aucun temps « 00:00:01,000 --> 00:00:04,000 » n'a été trouvé",
            "exportez la transcription en SRT ou en VTT, ou importez-la comme texte (--format text)",
        ),
        "en": Sentence(
            "no time “00:00:01,000 --> 00:00:04,000” was found",
            "export the transcript as SRT or VTT, or import it as text (--format text)",
        ),
    },
    "cue_time": {
        "fr": Sentence("le temps « {time} » ne se lit pas", "écrivez-le sous la forme 00:01:02,500 --> 00:01:05,000"),
        "en": Sentence("the time “{time}” cannot be read", "write it as 00:01:02,500 --> 00:01:05,000"),
    },
    "cue_order": {
        "fr": Sentence(
            "la réplique commence à {start}, avant le début de la précédente ({previous}) : "
            "l'ordre des paroles est incertain",
            "remettez les répliques dans l'ordre du temps, puis importez à nouveau",
        ),
        "en": Sentence(
            "the cue starts at {start}, before the start of the one above ({previous}): "
            "the order of the words is uncertain",
            "put the cues back in the order of time, then import again",
        ),
    },
    "cue_backwards": {
        "fr": Sentence("la réplique finit à {end}, avant de commencer ({start})", "corrigez l'un des deux temps"),
        "en": Sentence("the cue ends at {end}, before it starts ({start})", "correct one of the two times"),
    },
    "not_qdpx": {
        "fr": Sentence("ce n'est pas un projet REFI-QDA", "exportez le projet en « REFI-QDA Project (.qdpx) »"),
        "en": Sentence("this is not a REFI-QDA project", "export the project as “REFI-QDA Project (.qdpx)”"),
    },
    "not_qdc": {
        "fr": Sentence(
            "ce n'est pas une grille de thèmes REFI-QDA", "exportez la grille en « REFI-QDA Codebook (.qdc) »"
        ),
        "en": Sentence("this is not a REFI-QDA codebook", "export the codebook as “REFI-QDA Codebook (.qdc)”"),
    },
    "bad_guid": {
        "fr": Sentence(
            "l'identifiant « {guid} » n'est pas valable, manque, ou est donné deux fois",
            "exportez le projet à nouveau avec le programme qui l'a créé",
        ),
        "en": Sentence(
            "the identifier “{guid}” is not valid, is missing, or is given twice",
            "export the project again with the program that made it",
        ),
    },
    "dangling_reference": {
        "fr": Sentence(
            "il renvoie à « {guid} », qui n'existe pas dans le projet",
            "exportez le projet à nouveau, en entier",
        ),
        "en": Sentence(
            "it refers to “{guid}”, which does not exist in the project", "export the project again, in full"
        ),
    },
    "out_of_text": {
        "fr": Sentence(
            "le passage {start}–{end} sort du texte, qui compte {length} caractères",
            "exportez le projet à nouveau : le texte a changé depuis que ce passage a été marqué",
        ),
        "en": Sentence(
            "the passage {start}–{end} goes beyond the text, which has {length} characters",
            "export the project again: the text was changed after this passage was marked",
        ),
    },
    "not_taguette": {
        "fr": Sentence(
            "ce n'est pas un projet Taguette : il y manque « {detail} »",
            "dans Taguette, ouvrez le projet, « Project info », « Export project », et importez ce fichier .sqlite3",
        ),
        "en": Sentence(
            "this is not a Taguette project: “{detail}” is missing from it",
            "in Taguette, open the project, “Project info”, “Export project”, and import that .sqlite3 file",
        ),
    },
    "damaged_database": {
        "fr": Sentence(
            "la base de données est abîmée ou n'est pas sûre", "exportez le projet à nouveau depuis Taguette"
        ),
        "en": Sentence("the database is damaged or unsafe", "export the project again from Taguette"),
    },
    "several_projects": {
        "fr": Sentence("la base contient plusieurs projets", "choisissez lequel importer, par son numéro : {projects}"),
        "en": Sentence("the database holds several projects", "choose the one to import by its number: {projects}"),
    },
    "unreadable": {
        "fr": Sentence(
            "le contenu ne se lit pas comme {format}",
            "enregistrez-le à nouveau, ou indiquez son vrai format avec --format",
        ),
        "en": Sentence(
            "the content cannot be read as {format}", "save it again, or give its true format with --format"
        ),
    },
}
