"""What happens to the voices of « Nos voix »: who agreed to what, and which words carry which themes.

Names are those of the page nos-voix.txt; words stand in it as they are written here.
"""

QUESTIONS = (
    ("Comment êtes-vous arrivé·e à Trois Feuilles ?", "Une rencontre, une annonce, un hasard…"),
    ("Qu'est-ce qui a changé dans votre travail ?", ""),
    ("Qu'est-ce qui vous rend la vie plus sereine ?", "Un salaire, une personne, une habitude…"),
    ("Qu'est-ce qui reste difficile ?", "Tout peut se dire : c'est pour cela que nous demandons."),
    ("En quoi sommes-nous plus que la somme de nos activités ?", ""),
)
INTRODUCTION = (
    "Il n'y a pas de bonne réponse. Dites les choses comme vous les diriez à un collègue, dans vos mots. "
    "Vous pouvez sauter une question, et revenir plus tard."
)

NEAR, FAR, WIDE = ("inside",), ("inside", "partners"), ("inside", "partners", "public")

# author → (channels agreed to, audience it is published to, proof). Who is not here has not been asked yet.
CONSENTS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "Hélène Kermarrec": ((*WIDE, "print", "name"), "public", "paper"),
    "Bakary Diallo": ((*WIDE, "print", "name"), "public", "form"),
    "Vincent Moreau": ((*FAR, "print", "name"), "partners", "mail"),
    "Mina Haddad": (FAR, "partners", "mail"),
    "Georges Maillard": ((*NEAR, "name"), "inside", "oral"),
    "Lucile Andrieu": ((*NEAR, "print"), "inside", "form"),
    "Noémie Astruc": (WIDE, "public", "form"),
    "Jeanne Vasseur": ((*NEAR, "print", "name"), "inside", "paper"),
    "Romain Tessier": ((*NEAR, "name"), "inside", "mail"),
    "Aïssata Sow": ((*NEAR, "name"), "inside", "mail"),
}
PROOFS = {
    "paper": "Classeur « Nos voix », à Saint-Aubin",
    "mail": "Courriel de réponse, gardé par Camille",
    "oral": "Au téléphone, avec Camille",
    "form": "Formulaire de Surelle",
}
WITHDRAWN = "Aïssata Sow"

# name → (definition, example, the themes below it)
THEMES: dict[str, tuple[str, str, dict[str, tuple[str, str]]]] = {
    "Liberté": (
        "Décider soi-même de son travail.",
        "",
        {
            "Choisir son temps": ("Ses horaires, ses jours, son rythme.", "Mes mercredis sont à moi."),
            "Choisir ses chantiers": ("Dire oui, et dire non.", "J'ai refusé un lotissement."),
        },
    ),
    "Sécurité": (
        "Ce qui tient quand l'activité ne tient pas.",
        "",
        {
            "Un salaire qui tombe": ("Être payé chaque mois, quoi qu'il arrive.", "Même en janvier."),
            "La trésorerie commune": ("La maison absorbe les retards des clients.", ""),
            "La protection sociale": ("Maladie, chômage, retraite.", ""),
        },
    ),
    "Les autres": (
        "Ne plus être seul, ou l'être encore.",
        "",
        {
            "L'entraide": ("Se donner un coup de main, se passer du travail.", "On se passe le travail."),
            "Être accompagné": ("Quelqu'un à qui parler, à qui demander.", ""),
            "La solitude": ("Se sentir loin, malgré la coopérative.", "L'hiver, je ne vois personne."),
        },
    ),
    "Apprendre": ("Ce que l'on sait faire de plus.", "", {"Fixer ses prix": ("Savoir ce que l'on vaut.", "")}),
    "Décider ensemble": ("Une personne, une voix ; ce que l'on fait de l'argent commun.", "Une voix chacun.", {}),
    "Ce qui pèse": (
        "Ce qui décourage.",
        "",
        {
            "Les outils de gestion": ("Saisir, ressaisir, ne pas comprendre.", "Je saisis trois fois la même dépense."),
            "Les débuts": ("La première année.", ""),
        },
    ),
}

CAMILLE, IDRISS = "camille", "idriss"

# author → words, themes, tone, memo, who marks
MARKS: dict[str, list[tuple[str, tuple[str, ...], int | None, str, str]]] = {
    "Bakary Diallo": [
        ("Un ami électricien m'a emmené à une soirée du groupe local.", ("L'entraide",), 1, "", CAMILLE),
        ("on m'a demandé de raconter mon métier. Je suis resté.", ("Les autres",), 2, "", CAMILLE),
        (
            "Maintenant je sais dire non, et je sais dire combien.",
            ("Choisir ses chantiers", "Fixer ses prix"),
            2,
            "",
            CAMILLE,
        ),
        (
            "Un devis, ça se tient debout ou ça s'écroule, comme un meuble.",
            ("Fixer ses prix",),
            1,
            "Une image pour la page d'accueil ?",
            IDRISS,
        ),
        ("j'ai eu droit aux indemnités, comme un salarié", ("La protection sociale",), 2, "", CAMILLE),
        (
            "deux collègues ont fini la cuisine de ma cliente pour que je ne la perde pas",
            ("L'entraide",),
            2,
            "",
            CAMILLE,
        ),
        (
            "On attend les clients, on attend les règlements, et on se demande si on est fait pour ça.",
            ("Les débuts",),
            -2,
            "",
            IDRISS,
        ),
        (
            "Personne ne vous dit que c'est normal.",
            ("La solitude", "Les débuts"),
            -1,
            "À reprendre dans l'accueil des nouveaux.",
            IDRISS,
        ),
        ("Ce que je ne fais pas, je sais qui le fait, et il sait qui je suis.", ("L'entraide",), 2, "", CAMILLE),
    ],
    "Paul Etcheverry": [
        ("surtout la paperasse", ("Les outils de gestion",), -1, "", IDRISS),
        ("J'apprends à compter ce que coûte une botte de radis", ("Fixer ses prix", "Apprendre"), 0, "", IDRISS),
        ("c'est un an pour essayer sans tout perdre", ("Sécurité", "Les débuts"), 2, "", CAMILLE),
        ("L'hiver, je ne vois personne.", ("La solitude",), -2, "", CAMILLE),
        (
            "Je me sens seul, c'est bête à dire dans une coopérative.",
            ("La solitude",),
            -2,
            "Le contraire de Bakary : même groupe local.",
            CAMILLE,
        ),
    ],
    "Mina Haddad": [
        ("Je ne travaille plus dans le couloir de mon appartement.", ("Liberté",), 1, "", IDRISS),
        ("on se relit, on se dit quand c'est mauvais", ("L'entraide", "Apprendre"), 2, "", CAMILLE),
        ("Mon métier est devenu plus exigeant et plus gai.", ("Apprendre",), 2, "", CAMILLE),
        ("D'avoir quelqu'un à appeler quand tout va mal.", ("Être accompagné",), 2, "", CAMILLE),
        ("elle me pose la question que j'évitais", ("Être accompagné",), 1, "", IDRISS),
        ("Mes clients croient que je suis en intérim.", ("Ce qui pèse",), -1, "", IDRISS),
        ("je passe un temps fou à remplir les mêmes tableaux", ("Les outils de gestion",), -2, "", IDRISS),
        (
            "Les bénéfices restent dans la maison et paient les formations de l'année suivante.",
            ("Décider ensemble",),
            2,
            "",
            CAMILLE,
        ),
        ("Nous décidons ensemble de ce que nous faisons de l'argent", ("Décider ensemble",), 2, "", IDRISS),
    ],
    "Georges Maillard": [
        ("Voir des jeunes entreprendre sans y laisser leur santé.", ("Sécurité",), 2, "", CAMILLE),
        (
            "Les décisions se prennent vite, et tout le monde n'a pas le temps de lire.",
            ("Décider ensemble",),
            -1,
            "",
            IDRISS,
        ),
        ("J'ai peur que l'on vote sans savoir.", ("Décider ensemble",), -2, "À porter en assemblée.", CAMILLE),
        (
            "Nous sommes une école de démocratie, avec des factures.",
            ("Décider ensemble", "Apprendre"),
            2,
            "Le titre ?",
            CAMILLE,
        ),
    ],
    "Lucile Andrieu": [
        ("J'ai arrêté de brader.", ("Fixer ses prix",), 2, "", CAMILLE),
        ("on a mis nos tarifs sur la table, avec les noms", ("Fixer ses prix", "L'entraide"), 1, "", CAMILLE),
        ("J'ai pleuré, puis j'ai doublé les miens.", ("Fixer ses prix",), 2, "", IDRISS),
        ("Mes allocations chômage le jour où ça s'arrête, et ma retraite.", ("La protection sociale",), 1, "", CAMILLE),
        ("je ne sais jamais combien j'ai vraiment", ("Les outils de gestion",), -2, "", IDRISS),
        ("Personne ne sait me répondre simplement.", ("Les outils de gestion", "La solitude"), -1, "", IDRISS),
        ("On s'engueule, et on revient le mardi.", ("Décider ensemble",), 1, "", CAMILLE),
    ],
    "Noémie Astruc": [
        ("une entreprise où l'on vote ?", ("Décider ensemble",), 1, "", CAMILLE),
        ("Je travaille moins et je gagne pareil.", ("Choisir son temps",), 2, "", CAMILLE),
        ("Mes mercredis sont à moi", ("Choisir son temps",), 2, "", IDRISS),
        ("Je sais que si je tombe, on me ramasse", ("Les autres", "Sécurité"), 2, "", CAMILLE),
        ("trois semaines sans parler à un collègue", ("La solitude",), -1, "", IDRISS),
        ("l'argent reste ici, et nous en décidons", ("Décider ensemble",), 2, "", CAMILLE),
    ],
    "Jeanne Vasseur": [
        ("personne ne garde ses recettes pour soi", ("L'entraide", "Apprendre"), 2, "", CAMILLE),
        ("trois collègues sont venus le samedi pour comprendre avec moi", ("L'entraide",), 2, "", IDRISS),
        ("un four que l'on achète ensemble", ("Décider ensemble",), 1, "", CAMILLE),
        ("Seule, je n'aurais jamais osé l'écrire.", ("Les autres",), 1, "", CAMILLE),
    ],
    "Ismaël Garcia": [
        ("Je suis reparti avec quatre numéros de téléphone", ("L'entraide",), 2, "", CAMILLE),
        ("les premiers mois seraient lents", ("Les débuts",), -1, "", IDRISS),
        ("qui décide vraiment, et quand ?", ("Décider ensemble",), 0, "", IDRISS),
    ],
    "Romain Tessier": [
        (
            "comme si nous avions peur de dire pourquoi nous sommes là",
            (),
            -1,
            "Sur la proposition, pas sur la vie ici.",
            CAMILLE,
        ),
        ("travailler autrement, et pas seulement pour être tranquille", ("Liberté",), 1, "", CAMILLE),
    ],
}

# The blind double coding: two voices, each coder alone. Some marks agree, some do not.
ROUND_NAME = "Sommes-nous d'accord sur nos thèmes ?"
BLIND: dict[str, dict[str, list[tuple[str, tuple[str, ...], int | None]]]] = {
    CAMILLE: {
        "Hélène Kermarrec": [
            ("Je choisis mes chantiers.", ("Choisir ses chantiers",), 2),
            ("une collègue m'a montré comment elle calculait les siens", ("Fixer ses prix",), 1),
            ("Le salaire qui tombe à la fin du mois", ("Un salaire qui tombe",), 2),
            ("Je dors la nuit", ("Sécurité",), 2),
            ("Je saisis trois fois la même dépense et je ne comprends pas mon compte.", ("Les outils de gestion",), -2),
            ("Aucun de nous n'aurait pu y aller seul.", ("L'entraide",), 2),
        ],
        "Vincent Moreau": [
            ("Je ne fais plus de relances.", ("La trésorerie commune",), 1),
            ("J'ai retrouvé mes week-ends et mes enfants.", ("Choisir son temps",), 2),
            ("mon salaire n'a pas bougé", ("Un salaire qui tombe",), 2),
            ("les années maigres elle pèse", ("Ce qui pèse",), -1),
            ("Une voix chacun, du sabotier à l'ingénieure.", ("Décider ensemble",), 2),
        ],
    },
    IDRISS: {
        "Hélène Kermarrec": [
            ("Je choisis mes chantiers.", ("Choisir ses chantiers",), 2),
            ("une collègue m'a montré comment elle calculait les siens", ("L'entraide",), 2),
            ("Le salaire qui tombe à la fin du mois", ("Un salaire qui tombe",), 2),
            ("Je dors la nuit", ("Un salaire qui tombe",), 1),
            ("Je saisis trois fois la même dépense et je ne comprends pas mon compte.", ("Les outils de gestion",), -2),
            ("Aucun de nous n'aurait pu y aller seul.", ("L'entraide",), 2),
        ],
        "Vincent Moreau": [
            ("J'ai retrouvé mes week-ends et mes enfants.", ("Choisir son temps",), 2),
            ("mon salaire n'a pas bougé", ("La trésorerie commune",), 2),
            ("Il faudrait qu'on en parle plus franchement en assemblée.", ("Décider ensemble",), -1),
            ("Une voix chacun, du sabotier à l'ingénieure.", ("Décider ensemble",), 2),
        ],
    },
}

# Claire answers by the form on her phone.
ANSWERS = (
    "Je louais un cabinet trois jours par semaine et j'y mangeais seule. Mina m'a invitée à déjeuner.",
    "J'ose proposer des séances en entreprise : c'est Romain qui m'a appris à écrire une offre.",
    "Mon accompagnatrice m'appelle une fois par mois, même quand tout va bien.",
    "",
    "Nous mangeons ensemble le jeudi. Cela n'a l'air de rien.",
)
ANSWERS_FOR = ("inside", "name")

LATER_PAGE = """\
Courriels reçus après la soirée d'octobre

Nadège Picard
"J'ai cousu toute ma vie pour d'autres. Depuis huit mois, je couds pour moi, et c'est le même fil."

Gaspard Roux
"Le plus dur, c'est d'expliquer à ma mère ce que je fais. Le plus beau, c'est qu'elle vienne à la soirée."

Un coopérateur
"Il faudrait un endroit pour poser son vélo."
"""

FIRST_MONTHS = """\
======Les premiers mois======
=====Groupe local Val d'Orbance=====
====Paul Etcheverry====
« J'aurais voulu qu'on me dise dès le premier jour à qui téléphoner pour quoi. »

====Théo Lambert====
« Les abeilles m'ont appris la patience, la CAPE aussi. »

====Louis Perrin====
"""

FROM_THE_COAST = """\
======Ce qui nous tient======
=====Groupe de travail Paroles du port=====
====Erwan Salaün====
« On construit des bateaux à sept, avec sept factures et une seule caisse à outils. »

====Fatima Ouali====
« Quand mon four est tombé en panne la veille d'un mariage, trois cuisines se sont ouvertes. »
"""
