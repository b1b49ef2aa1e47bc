"""The cues of reading, in one place: what words and shapes announce in a page of testimonies, French first.

Every pattern is matched on folded text (see `folding`): lower case, no accents, straight apostrophes, plain spaces.
To teach the importer a new way of saying, add it here; nothing else knows a word of French or English.
"""

from __future__ import annotations

import re
from re import Pattern


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS = _words(
    """a ai aie ait alors au aucun aucune aussi autre autres aux avec avez avoir avons ca car ce ceci cela celle
    celles celui ces cet cette ceux chaque chez ci comme comment dans de des du donc dont elle elles en encore
    entre es est et etait etaient etant ete etes etre eu eux fait fait faire faites faut font hors ici il ils j je
    juste l la le les leur leurs lui m ma mais me meme mes mien moi moins mon ne ni nos notre nous on ont or ou
    par parce pas peu peut peux plus plutot pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa
    sans se selon ses si sien soi soit sommes son sont sous sur t ta tel telle tes toi ton tous tout toute toutes
    tres trop tu un une va vers voila vont vos votre vous vu y est-ce and are as at be but by can do does for from
    has have how i in is it its me my of on or our so that the their they this to was we were what when where
    which who why will with you your question questions reponse reponses parler dire"""
)

# -- the page around the voices ---------------------------------------------------------------------------------------
CHROME = re.compile(
    "|".join(
        (
            r"(<<|«|‹|←|⟨)? ?(precedent|previous)( ?::.*)?$",
            r":: ?(suivant|next)\b.{0,20}$",
            r"(suivant|next) ?(>>|»|›|→)$",
            r"(<<|«|‹|←) ?(precedent|previous|retour)\b.{0,60}$",
            r"editer? ?::.{0,20}$",
            r"edit ?::.{0,20}$",
            r"\[ ?\] ?->$",
            r"\[(debut|fin|start|end)\]( ?::.*)?$",
            r"(editer|modifier|supprimer|dupliquer|imprimer)( (la|cette) page)?$",
            r"page (editee|modifiee|creee) (le|par)\b.{0,80}$",
            r"(derniere (modification|mise a jour|edition)|last (edited|modified|update))\b.{0,80}$",
            r"(haut de (la )?page|retour en haut|retour a (la page d')?accueil|retour au sommaire|back to top)$",
            r"(sommaire|table des matieres|table of contents)$",
            r"-{2,} ?(message (d'origine|transfere|original)|original message|forwarded message)\b.{0,20}$",
            r"(suite|lire la suite|en savoir plus|page suivante|page precedente|read more|next page|previous page)$",
            r"page ?\d+ ?(/|sur|of) ?\d+$",
            r"(diapo(sitive)?|slide) ?(n° ?)?\d+( ?(/|sur|of) ?\d+)?$",
            r"(partager|share) (cette page|sur\b.{0,30}|this page)$",
            r"[\W_]+$",
        )
    )
)

INTRODUCTION = re.compile(
    r"(page (?:tenue|redigee|alimentee|mise a jour|collective)"
    r"|cette page|cet espace|ce document|ce recueil|cette rubrique|vous trouverez|retrouvez|voici|nous avons"
    r" (demande|interroge|pose|recueilli|rencontre|interviewe)|(propos|temoignages?|paroles|entretiens?) "
    r"(ont ete )?(recueilli|realise|collecte|mene)|on a (demande|pose)|consigne|pour (contribuer|temoigner"
    r"|participer)|"
    r"merci de (completer|repondre|deposer)|bienvenue|this page|here are|we asked|ci-dessous|mise en commun)"
)

# -- headings: what kind of section, of which group --------------------------------------------------------------------
HEADING_PREFIX = re.compile(
    r"(?:[\W_]*(?:(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-h])[ .)/:°-]{1,3}(?=[a-z]))?"
    r"(?:(?:les|nos|des|vos|leurs|quelques|autres|premiers?|premieres?|suite des|le|la|our|the|some|more|other) )?)"
)

# In order: the first that matches at the start of a heading gives the kind of the section.
SECTION_KINDS: tuple[tuple[str, Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("testimony", r"(retours? d'experiences?)\b"),
        (
            "media",
            r"(en (?:images?|videos?)|videos?|medias?|audios?|podcasts?|films?|enregistrements?|capsules?"
            r"|recordings?)\b",
        ),
        (
            "feedback",
            r"(feed-?backs?|retours?|commentaires?|avis|reactions?|remarques|contributions?|comments?|reviews?)\b",
        ),
        ("interview", r"(interviews?|entretiens?|questions?[- /]+(et )?reponses?|q ?& ?[ar])\b"),
        ("verbatim", r"(verbatims?|citations?|extraits?|phrases?|mots d[eu']|quotes?|quotations)\b"),
        (
            "testimony",
            r"(temoignages?|paroles?|recits?|portraits?|histoires?|vecus?|voix|ils et elles|elles et ils"
            r"|ce qu'en disent|"
            r"ce que disent|testimon(y|ies|ials?)|stories|voices|what (our )?members say)\b",
        ),
    )
)
KIND_WORDS = re.compile(
    r"\b(temoignages?|interviews?|entretiens?|verbatims?|paroles?|citations?|videos?|retours?|feed-?backs?"
    r"|commentaires?|"
    r"portraits?|testimon(?:y|ies|ials?)|quotes?|comments?)\b"
)
MEDIA_WORDS = re.compile(
    r"\b(videos?|audios?|podcasts?|films?|enregistrements?|recordings?|ecouter|visionner|regarder)\b"
)

# (kind, pattern, needs capitals): the first met in a heading gives the kind of its group.
GROUP_KINDS: tuple[tuple[str, Pattern[str]], ...] = tuple(
    (kind, re.compile(r"\b(?:" + pattern + r")(?![\w'])"))
    for kind, pattern in (
        ("working_group", r"groupes? de travail|gt|commission|chantiers?|working groups?|task force"),
        ("local_group", r"groupes? loca(?:l|ux)|gl|antenne|equipe locale|local groups?"),
        ("trade_group", r"groupes? (?:de )?metiers?|groupes? d'activites?|filiere|poles? metiers?|trade groups?"),
        ("external_network", r"cae|reseau|federation|union|partenaires?|network|partners?|scop|scic"),
        ("collective", r"collectifs?|collectives?"),
        ("", r"groupes?|groups?|equipe|team"),
    )
)
ANY_GROUP = re.compile("|".join(pattern.pattern for _, pattern in GROUP_KINDS))
ONE_GROUP = frozenset({"groupe", "gt", "gl"})
ABBREVIATED_GROUPS = frozenset({"gt", "gl"})  # only when written in capitals
WHOLE_NAME_GROUPS = frozenset({"external_network"})  # « CAE de Nouvelle Aquitaine » is the name itself
PLAIN_GROUPS = frozenset({"working_group", "local_group", "trade_group"})  # whose name may be in lower case
GROUP_NAME_LINK = re.compile(
    r"[\s:«\"“'-]*(?:(?:de la|de l'|du|des|de|d'|sur la|sur les|sur le|sur l'|sur|of the|of|on the|on|the|dit"
    r"|nomme)[ ']?"
    r"(?<=[ '])\s*)?"
)
HEADING_VOICE = re.compile(
    r"(?:(?P<what>(?:interview|entretien|temoignage|portrait|parole|video|recit|retour|commentaire|feedback|avis|mot"
    r"|reponse|rencontre|zoom|testimony|comment|quote)s?(?: (?:video|audio|ecrite?|croisee?))?)"
    r"\s*(?:de la |de l'|de |d'|avec |par |sur |of |with |by |from |: ?|- |/ )"
    r"|(?:ce que (?:nous )?(?:dit|raconte|pense) |la parole (?:est )?a ))"
)
ONE_VOICE = re.compile(
    r"(?:interview|entretien|temoignage|portrait|parole|video|recit|retour|"
    r"testimony)(?: (?:video|audio|ecrit))?\s+(?:d'une?|de l'une?"
    r"|of an?|by an?)\b"
)

# -- tables ------------------------------------------------------------------------------------------------------------
# Whole titles of columns, as `key` gives them; a column with any other title asks a question.
COLUMN_TITLES: tuple[tuple[str, Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("addressee", r"a qui|pour qui|destinataires?|adressee? a|to|to whom|addressee"),
        (
            "name",
            r"(?:le |la |votre |ton )?(?:noms?|prenoms?)(?: (?:et |de |du |d )?\w+)?|qui|personnes?|auteurs?|autrices?"
            r"|cooperat\w+(?: \w{1,5}){0,3}|membres?|entrepreneu\w+(?: \w{1,5}){0,3}|participant\w*(?: \w{1,2})?"
            r"|repondant\w*(?: \w{1,2})?|interviewee?s?|voix|de|from|who|names?|members?|authors?|people|person",
        ),
        ("group", r"(?:groupes?|collectifs?|equipes?|antennes?|chantiers?|gt|gl)(?: \w+){0,2}|(?:\w+ )?groups?|team"),
        ("date", r"dates?|quand|le|when|jour"),
        (
            "words",
            r"(?:son |sa |le |la |les |ses )?(?:temoignages?|paroles?|retours?|commentaires?|verbatims?|citations?"
            r"|remarques?|feedbacks?|avis|reactions?|reponses?|propos|textes?|mots?|liens?|videos?|medias?|phrases?"
            r"|quotes?|comments?|words|testimon\w+|answers?|links?)",
        ),
    )
)
QUESTION_TITLE = re.compile(r"(?:les )?questions?\b")
ANSWER_TITLE = re.compile(r"(?:les )?(?:reponses?|answers?)\b")

# -- people ------------------------------------------------------------------------------------------------------------
PARTICLES = _words("de du des d le la les l' d' van von den der el al ben bin da dos di del della y e")
CIVILITIES = _words("m mr mme mlle mm dr pr me monsieur madame mrs ms miss")
MEMBER = (
    r"(?:co-?)?(?:cooperat(?:eur|rice|ive)|entrepreneu(?:r|se)|salarie|associe|adherent|membre|societaire|"
    r"participant|accompagnat(?:eur|rice)|porteu(?:r|se) de projet|member|entrepreneur|participant|colleague"
    r"|collegue|personne|stagiaire|voisine?|habitante?|cliente?|partenaire|ancien(?:ne)?|permanente?|repondante?|apprentie?|benevole|artisane?"
    r"|neighbou?r|customer)(?:[.·/()-]?[a-z]{1,6}){0,3}"
)
ANONYMOUS = re.compile(
    r"(?:(?:temoignage|auteur|autrice|voix) )?(?:(?:anonyme|anonymous|sans nom|inconnue?|n\.?n\.?)s?(?: \d{1,4})?"
    r"|(?:(?:une?|un[.·/()-]?e[.·/()-]?|l'une?|an?|one|autre|quelqu'une?|nouvel(?:le)?|nouveau)"
    r"(?: (?:autre|jeune|nouvel(?:le)?|nouveau|new|ancien(?:ne)?))? ?"
    r"|(?:plusieurs|quelques|deux|trois|quatre|un groupe de|several|two|three|some) )"
    + MEMBER
    + r"(?: anonymes?)?|"
    + MEMBER
    + r" (?:anonyme|\d{1,3}|[a-z]))\b(?P<rest>$| ?[,;(/–-][^:]{0,80}$"
    r"| (?:recemment|arrivee?|depuis|du|de|d'|des|en|au|a|from|of|in|who|newly)\b.{0,80}$)"
)
NEWCOMER = re.compile(
    r"\b(?:nouve(?:lles?|l|aux?)(?:[.·/()-]+[a-z]{1,5}){0,3} (?:" + MEMBER + r"|arrivante?|arrivee?|venue?|entrante?)|"
    r"nouveaux? (?:membre|arrivant)|recemment (?:arrive|entre)e?|"
    r"(?:arrive|entre)e? recemment|fraichement arrivee?|newcomers?|new members?|depuis (?:peu|quelques (?:mois"
    r"|semaines)|"
    r"(?:un|1|deux|2) ans?|(?:\d|1\d|2[0-4]|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze) mois)|"
    r"(?:for|since) (?:a few|\d|1\d) months)\b"
)
NEWCOMER_WORDS = re.compile(
    r"(?:\bje (?:suis|me sens) (?:encore )?(?:toute? )?(?:nouvelle|nouveau|recemment arrive)"
    r"|\bje viens (?:d'arriver|de rejoindre|"
    r"d'entrer|d'integrer)|\bje suis (?:la|ici|arrivee?|dans la cooperative|en cape) (?:depuis|il y a) (?:peu"
    r"|un an|quelques mois|\w+ mois)|"
    r"\bj'ai (?:rejoint|integre)\b.{0,60}\bil y a (?:peu|quelques (?:mois|semaines)"
    r"|\w+ (?:mois|semaines))|"
    r"\bi(?: have|'ve)? (?:just|recently) joined)"
)
# Somebody without a name, said by a trade or a place; only beside words between quotation marks, or set in bold.
SOMEBODY = re.compile(r"(?:une?|an?|l'une?|deux|trois|des|plusieurs) [a-z][\w'-]*(?: [\w'-]+){0,4}$")
# What stands over the minutes of an interview: « Date : … », « Lieu : … ».
METADATA = re.compile(
    r"(?:date|lieu|duree|heure|present[es·.]*|participant[es·.]*|animat\w+|redact\w+|transcri\w+|enregistre\w*|contexte"
    r"|place|where|when|duration|recorded)\b.{0,30}:"
)
# Several people who speak as one without being a group of the cooperative: « L'équipe d'appui ».
COLLECTIVE_VOICE = re.compile(
    r"(?:l'equipe|notre equipe|le bureau|le conseil|le comite|la gouvernance|la gerance|la direction|l'atelier"
    r"|les (?:membres|associe|salarie|permanent|cooperat|entrepreneu|accompagnat)\w{0,8}(?:[.·/()-]\w{1,5}){0,3}"
    r"|the (?:team|board|staff|members))(?: (?:d'|de la |de l'|de |du |des |of the |of )?[\w'-]+){0,4}$"
)
# « Prénom à Autre », « Prénom (à l'attention de Autre) »: whom the words are for.
ADDRESSED = re.compile(
    r"(?:\b(?:a l'attention de|adressee? a|destinee? a|en reponse a|reponse a|addressed to|in reply to|reply to)"
    r"|(?<= )(?:a|→|->|=>|>|to|pour)(?= )) +(?=\S)"
)
# Words that begin with a capital at the start of a line and are nobody's name.
NOT_NAMES = _words(
    """un une le la les l des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur
    leurs je tu il elle on nous vous ils elles que qui quoi dont ou comment pourquoi quand quel quelle quels
    quelles qu est-ce idem oui non peut-etre et mais donc or ni car si avec sans sur sous dans pour par plus moins
    tres trop bref ensuite enfin cependant merci bonjour bonsoir salut coucou hello cher chere chers bonne bon
    bonnes cordialement amicalement bien ps note nb remarque remarques exemple exemples question questions reponse
    reponses avis retour retours commentaire commentaires temoignage temoignages interview interviews entretien
    entretiens verbatim verbatims groupe groupes collectif collectifs collective reseau cae scop scic cooperative
    federation union equipe pole chantier commission conclusion introduction contexte avantage avantages
    inconvenient inconvenients positif negatif point points force forces faiblesse faiblesses atout atouts limite
    limites brique briques etape etapes partie date lieu theme sujet titre page video videos audio photo image
    lien liens source sources document documents fichier annexe resume synthese bilan proposition tentative
    objectif objectifs methode presentation activite activites metier metiers projet projets valeur valeurs raison
    mission vision service services offre offres nouveau nouvelle nouveaux nouvelles janvier fevrier mars avril
    mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
    region departement ville nord sud est ouest anonyme auteur autrice objet de a the an of and in on what who why
    how when where is are my our your their his her this that yes no thanks thank hello dear working local group
    groups members member testimony testimonies feedback comments comment quote quotes voice voices summary
    context introduction developpement durable accompagnement formation formations atelier ateliers solidarite
    sobriete confiance convivialite bienveillance autonomie liberte securite serenite entraide partage ecoute
    mutualisation gouvernance democratie ecologie humain collectivement individuel ensemble autre autres suite fin
    debut accueil sommaire contact ras guide guides grille trame questionnaire questionnaires enquete sondage
    recueil verbatim film films podcast podcasts reportage extrait extraits rappel consigne consignes bonus
    portrait portraits q r rep reponse"""
)
COMMON_ENDINGS = re.compile(
    r".{3,}(?:tion|sion|ment|ments|tions|ite|ites|isme|ance|ances|age|ages|ique|iques|eur|eurs|eux|ives?)$"
)
# « Prénom a dit : » and mail headers.
WROTE = re.compile(
    r"\s*(?:a ecrit|ecrit|a repondu|repond|dit|a dit|nous dit|temoigne|raconte|wrote|writes|says|said)\s*:?\s*$"
)
MAIL_HEADERS: tuple[tuple[str, Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("from", r"(?:de|from|expediteur|auteur|autrice|author|nom|prenom|name|par|by) ?: ?(?=\S)"),
        ("to", r"(?:a|to|destinataires?|pour) ?: ?(?=\S)"),
        ("date", r"(?:date|envoye(?: le)?|sent|le) ?: ?(?=\S)"),
        ("subject", r"(?:objet|sujet|subject|re|tr|fwd) ?: ?(?=\S)"),
    )
)

# -- words -------------------------------------------------------------------------------------------------------------
FIRST_PERSON = re.compile(r"\b(?:je|j'|m'|me|moi|mon|ma|mes|nous|notre|nos|i|i'm|my|we|our)(?<=['\w])(?!\w)")
NO_GROUP = re.compile(r"\b(?:questionnaire|enquete|reponse|sondage|recueil|page|partie|resultat|survey|answer)s?\b")
ARTICLE = re.compile(r"(?:le|la|les|notre|the|our)\b|l'")
FIRST_PLURAL = re.compile(r"\b(?:nous|on|notre|nos|we|our)\b")
SINGULAR_FIRST_PERSON = re.compile(r"\b(?:je |j'|m'|mon |ma |mes |moi\b|i |i'm |my )")
SECOND_PERSON = re.compile(r"\b(?:vous|votre|vos|tu|t'|ton|ta|tes|toi|te|you|your)\b|-(?:vous|tu|t-on)\b")
QUESTION_WORD = re.compile(
    r"(?:et |mais |selon (?:vous|toi),? |pour (?:vous|toi),? |a votre avis,? |d'apres vous,? )?"
    r"(?:que|qu'|quoi|comment|pourquoi|qui|quel|quelle|quels|quelles|quand|combien|ou|est-ce|en quoi|a quoi"
    r"|de quoi|pour quoi|"
    r"pour qui|a qui|avec qui|depuis quand|dans quel|dans quelle|si (?:tu|vous)|peux-tu|pouvez-vous|as-tu"
    r"|avez-vous|es-tu|"
    r"etes-vous|peut-on|y a-t-il|what|why|who|how|when|where|which|do you|did you|can you|could you|are you"
    r"|have you|would you)"
    r"(?:\b|(?<='))"
)
# What makes a sentence a question wherever it stands in it: « Avec une baguette magique, que feriez-vous ? »
ASKS_INSIDE = re.compile(
    r", (?:que|qu'|quoi|comment|pourquoi|qui|quel|quelle|quels|quelles|quand|combien|est-ce|what|how|why|who|which)\b"
    r"|, qu'|-(?:tu|vous|t-il|t-elle|t-on|on|nous|ce)\b"
)
QUESTION_LABEL = re.compile(r"(?:question|q) ?(?:n° ?)?(?P<number>\d{1,2})? ?(?:[:.)/]|-(?= ))\s*")
ANSWER_LABEL = re.compile(r"(?:reponse|answer|rep|r|a) ?(?:n° ?)?(?P<number>\d{1,2})? ?(?::|[.)](?= )|-(?= ))\s*")
NUMBERED = re.compile(r"(?P<number>\d{1,2}) ?(?:[.)]|[-:/](?= )|°)\s*(?=\S)")
NON_ANSWER = re.compile(
    r"(?:idem|pareil|meme (?:reponse|chose|avis)|comme (?:ci-dessus|precedemment|plus haut)|voir (?:plus haut"
    r"|ci-dessus|reponse)|"
    r"cf\.? |(?:c'est |un peu )?difficile a (?:dire|repondre)|je ne (?:sais|vois|saurais)\b"
    r"|j'(?:en )?sais (?:pas|rien)|pas d'(?:avis|idee|opinion)|"
    r"sans (?:avis|opinion|reponse|commentaire)|ne se prononce pas|nsp\b|ras\b|trop (?:tot|recent)"
    r"|rien (?:a (?:dire|ajouter|signaler)|pour (?:l'instant|le moment)|de (?:plus|special))|aucun(?:e)? (?:idee|avis)"
    r"|je (?:prefere|souhaite) ne pas|je (?:suis|me sens) (?:encore )?trop (?:recent|nouveau|nouvelle|jeune)|joker"
    r"|je n'ai pas (?:assez |encore )?(?:de recul|d'avis|d'idee|la reponse)|pas (?:encore |assez )de recul|"
    r"hard to say|i don'?t know|no (?:opinion|idea|answer|comment)|same (?:answer|as)|see above|n/a|ditto)"
)
SAME_AS_BEFORE = re.compile(
    r"(?:idem|pareil|meme (?:reponse|chose|avis)|comme (?:ci-dessus|precedemment|plus haut)|voir (?:plus haut"
    r"|ci-dessus)|same|"
    r"see above|ditto)\b"
)
TO_COME = re.compile(
    r"[(\[*_ ]*(?:a venir|en attente|a completer|a suivre|en cours(?: de (?:redaction|retranscription|saisie))?"
    r"|bientot|"
    r"(?:temoignage|interview|texte|video|contenu|reponse)s? a venir|a recueillir|a faire|to come|coming soon"
    r"|tbd|todo|pending|"
    r"pas encore (?:recueilli|repondu|de reponse)|non (?:renseigne|recueilli)|vide|empty|\?+|x{2,}|\.{2,}|…+)"
    r"[)\]*_. …!]*$"
)
GREETING = re.compile(r"(?:re-?)?(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|chere?s?|dear|good morning)(?!\w)[ ,]*")
GROUP_ADDRESSEE = re.compile(
    r"(?:a )?(?:tou(?:s|te|tes|t le monde|·te·s|\.te\.s)\b.*|l'equipe|les ami.*|all|everyone|team|collegues.*)"
)
FAREWELL = re.compile(
    r"(?:(?:tres )?bonne (?:journee|soiree|semaine|continuation|suite)|bien (?:a (?:vous|toi)|cordialement)"
    r"|a bientot|cordialement|"
    r"amicalement|cooperativement|chaleureusement|belle journee|bises?|amities|merci (?:d'avance|encore"
    r"|a (?:toi|vous))|"
    r"best(?: regards)?|kind regards|regards|cheers|sincerely|yours)\b"
)
REFERS = re.compile(
    r"(?:voir|cf\.?|lire|regarder?|source|see|watch|plus d'infos?|pour en savoir plus|exemple|par exemple)\b"
)
MENTION_BEFORE = re.compile(
    r"\b(?:comme (?:le |l'a |la )?(?:disait|dit|disent|a dit|ecrit)|(?:disait|dixit|selon|d'apres|merci a|grace a|"
    r"avec|chez|par|as said by|thanks to|according to|like|avec l'aide de|l'exemple de))\s+(?=\w)"
)
MENTION_STRONG = re.compile(r"(?:comme|disait|dixit|merci|selon|d'apres|as said|thanks|according)")
MENTION_AFTER = re.compile(r"\s+(?:a dit|disait|dit que|m'a (?:dit|parle|explique|accompagne)|nous a|said|told)\b")
