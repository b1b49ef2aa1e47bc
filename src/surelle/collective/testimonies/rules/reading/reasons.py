"""Why something was read so: a reason is `code` or `code|parameter`, said in French or in English by this table.

Reasons are kept as codes in the reading, so that a screen can say them in the language of its reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("fr", "en")

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    # who
    "name_alone": (
        "« {} » est seul sur sa ligne et a la forme d'un nom",
        "“{}” stands alone on its line, shaped as a name",
    ),
    "name_heading": ("le titre « {} » est un nom de personne", "the heading “{}” is the name of a person"),
    "name_strong": ("« {} », en gras, a la forme d'un nom", "“{}”, in bold, is shaped as a name"),
    "name_colon": ("« {} » est suivi de deux-points", "“{}” is followed by a colon"),
    "name_inline": ("les paroles suivent « {} : »", "the words follow “{}:”"),
    "name_signature": ("« {} » signe les paroles", "“{}” signs the words"),
    "name_in_heading": ("le titre nomme « {} »", "the heading names “{}”"),
    "name_in_title": ("le titre de la page nomme « {} »", "the title of the page names “{}”"),
    "name_header": ("l'en-tête nomme « {} »", "the header names “{}”"),
    "name_given": ("le format nomme la personne : « {} »", "the format names the person: “{}”"),
    "speaker": ("la transcription nomme « {} »", "the transcript names “{}”"),
    "name_elsewhere": (
        "ce nom est aussi celui d'une voix ailleurs dans la page",
        "the same name is a voice elsewhere in the page",
    ),
    "space_after": ("des lignes vides suivent le nom", "blank lines follow the name"),
    "end_of_section": ("la section finit après ce nom", "the section ends after this name"),
    "starts_section": ("c'est le premier nom de sa section", "it is the first name of its section"),
    "anonymous": ("la voix est anonyme : « {} »", "the voice is anonymous: “{}”"),
    "no_author": ("aucun nom n'accompagne ces paroles", "no name comes with these words"),
    "several_people": ("plusieurs personnes parlent ensemble", "several people speak together"),
    "group_speaks": ("c'est un groupe qui parle", "a group speaks"),
    # where
    "group_heading": ("groupe donné par le titre de la ligne {}", "group given by the heading on line {}"),
    "group_beside_name": ("groupe donné à côté du nom", "group given beside the name"),
    "group_loose": (
        "groupe déduit du titre de la ligne {}, à confirmer",
        "group inferred from the heading on line {}, to confirm",
    ),
    "newcomer_heading": ("le titre parle de nouvelles personnes", "the heading speaks of newcomers"),
    "newcomer_words": ("ses mots disent une arrivée récente", "the words tell of a recent arrival"),
    "date_heading": ("date donnée par le titre de la ligne {}", "date given by the heading on line {}"),
    "date_beside_name": ("date donnée avec le nom", "date given with the name"),
    "date_given": ("le format donne la date", "the format gives the date"),
    # what
    "empty": (
        "aucun mot sous ce nom : une voix pas encore entendue",
        "no words under this name: a voice not heard yet",
    ),
    "empty_group": (
        "aucun mot sous ce titre : un groupe pas encore entendu",
        "no words under this heading: a group not heard yet",
    ),
    "to_come": ("« {} » annonce des paroles à venir", "“{}” announces words to come"),
    "quoted": ("les paroles sont entre guillemets", "the words are between quotation marks"),
    "marked_quote": ("le format marque une citation", "the format marks a quotation"),
    "verbatim_section": ("la section rassemble des verbatims", "the section gathers verbatims"),
    "prose": ("texte suivi, sans question", "running text, without a question"),
    "first_person": ("le texte parle à la première personne", "the text speaks in the first person"),
    "has_context": ("une phrase présente les paroles", "a sentence introduces the words"),
    "link_alone": ("le lien tient lieu de témoignage", "the link stands for the testimony"),
    "link_expires": (
        "lien {} : il peut disparaître, proposez d'héberger le fichier",
        "{} link: it may vanish, offer to host the file",
    ),
    "link_lasts": ("lien {}", "{} link"),
    "feedback_section": ("la section rassemble des retours", "the section gathers feedback"),
    "mail": (
        "le texte commence par un salut et finit par une formule, comme un message",
        "greeting and closing, as in a mail",
    ),
    "addressee": ("s'adresse à {}", "addressed to {}"),
    "cut_sentence": ("une phrase coupée a été recousue, lignes {}", "a sentence cut in two was joined again, lines {}"),
    "stated_questions": ("questions posées dans le texte : {}", "questions stated in the text: {}"),
    "interview_section": ("la section annonce des interviews", "the section announces interviews"),
    "peers_interviewed": (
        "les autres voix de la section répondent à des questions",
        "other voices of the section answer questions",
    ),
    "blocks": (
        "{} blocs séparés par des lignes vides : des réponses sans leurs questions",
        "{} blocks between blank lines: answers without questions",
    ),
    "under_question": (
        "la question est le titre de la section, ligne {}",
        "the question is the heading of the section, line {}",
    ),
    "transcript": (
        "transcription : une personne questionne, l'autre répond",
        "transcript: one person asks, the other answers",
    ),
    "kind_unsure": ("la nature du texte reste à confirmer", "what kind of text this is remains to be confirmed"),
    # answers
    "asked": ("la question précède la réponse, ligne {}", "the question stands before the answer, line {}"),
    "asked_capitals": ("question en capitales, ligne {}", "question in capitals, line {}"),
    "asked_heading": ("question en titre, ligne {}", "question as a heading, line {}"),
    "asked_strong": ("question en gras, ligne {}", "question in bold, line {}"),
    "asked_label": ("question annoncée comme telle, ligne {}", "question labelled as such, line {}"),
    "asked_twice": ("la même question est posée à d'autres", "the same question is asked of others"),
    "prompt_heading": ("le titre de la ligne {} sert de question", "the heading on line {} serves as a question"),
    "given_question": ("le format donne la question", "the format gives the question"),
    "no_answer": ("la question est restée sans réponse", "the question was left without an answer"),
    "non_answer": ("une réponse qui dit ne pas pouvoir répondre", "an answer that says it cannot answer"),
    "same_as_before": ("renvoie à la réponse précédente", "points at the answer before"),
    "shared_words": (
        "mots communs avec la question et les réponses des autres : {}",
        "words shared with the question and others' answers: {}",
    ),
    "order": ("l'ordre du guide la place ici", "the order of the guide puts it here"),
    "numbered_answer": (
        "la réponse porte le numéro {} de la question",
        "the answer bears the number {} of the question",
    ),
    "proposed": ("question proposée, à confirmer", "question proposed, to confirm"),
    "no_question": ("aucune question connue ne correspond", "no known question fits"),
    "before_questions": ("dit avant la première question", "said before the first question"),
    "no_guide": ("aucune autre interview ne donne de questions", "no other interview gives questions"),
}


def reason(code: str, parameter: object = "") -> str:
    """Return the reason `code`, with what it is about; raises KeyError on a code that the table does not know."""
    REASONS[code]
    return f"{code}|{parameter}" if parameter != "" else code


def sentence(said: str, language: str = "fr") -> str:
    """Return a reason as a sentence in `fr` or `en`."""
    code, _, parameter = said.partition("|")
    return REASONS[code][LANGUAGES.index(language)].replace("{}", parameter)
