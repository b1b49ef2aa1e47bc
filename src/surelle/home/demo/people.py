"""Who lives in the demo. All are invented; `.example` is an address that nobody can have (RFC 2606)."""

from dataclasses import dataclass, field

PASSWORD = "oseille-des-bois"  # noqa: S105, the demo's, printed for all to read


@dataclass(frozen=True)
class Someone:
    """One person: `months` since they came; `path` their statuses, each with the months since it began."""

    first_name: str
    last_name: str
    path: tuple[tuple[str, int], ...]
    trade: str = ""
    branch: str = ""
    roles: tuple[str, ...] = ()
    key: str = field(default="")

    @property
    def mailbox(self) -> str:
        return self.key or self.first_name.lower()


ORBANCE, CLAIRON, MESNIERES = "Val d'Orbance", "Pont-Clairon", "Les Mesnières"
BRANCHES = [
    (ORBANCE, "Saint-Aubin-sur-Orbance"),
    (CLAIRON, "Pont-Clairon"),
    (MESNIERES, "Les Mesnières"),
]
E = ("entrepreneur",)

FOUNDER = Someone("Morgane", "Le Dantec", (("staff", 46),), "Vie coopérative", ORBANCE)

PEOPLE = [
    Someone("Rachid", "Benhaddou", (("staff", 45),), "Direction", ORBANCE, ("director",)),
    Someone("Odile", "Fontanel", (("staff", 44),), "Comptabilité", ORBANCE, ("accountant",)),
    Someone("Sylvie", "Marchetti", (("staff", 43),), "Accompagnement", ORBANCE, ("advisor",)),
    Someone("Tanguy", "Prigent", (("staff", 30),), "Accompagnement", CLAIRON, ("advisor",)),
    Someone("Camille", "Rostand", (("cape", 40), ("cesa", 30), ("associate", 18)), "Écrivaine publique", ORBANCE, E),
    Someone(
        "Noémie",
        "Astruc",
        (("cape", 42), ("cesa", 36), ("associate", 24)),
        "Facilitation",
        CLAIRON,
        (*E, "coordinator"),
        "noemie",
    ),
    Someone("Jeanne", "Vasseur", (("cesa", 42), ("associate", 26)), "Céramique", MESNIERES, E),
    Someone("Bakary", "Diallo", (("cape", 38), ("cesa", 27), ("associate", 10)), "Menuiserie", ORBANCE, E),
    Someone("Hélène", "Kermarrec", (("cape", 34), ("cesa", 25), ("associate", 9)), "Paysage", ORBANCE, E, "helene"),
    Someone("Vincent", "Moreau", (("cesa", 33), ("associate", 12)), "Électricité", CLAIRON, E),
    Someone("Mina", "Haddad", (("cesa", 31), ("associate", 14)), "Formation", CLAIRON, E),
    Someone("Romain", "Tessier", (("cesa", 29), ("associate", 11)), "Transition écologique", MESNIERES, E),
    Someone("Lucile", "Andrieu", (("cape", 26), ("cesa", 16)), "Graphisme", CLAIRON, E),
    Someone("Idriss", "Koné", (("cape", 25), ("cesa", 15)), "Sociologie d'intervention", ORBANCE, E),
    Someone("Gaspard", "Roux", (("cape", 22), ("cesa", 13)), "Développement web", CLAIRON, E),
    Someone("Aïssata", "Sow", (("cesa", 20),), "Traduction", CLAIRON, E, "aissata"),
    Someone("Nadège", "Picard", (("cape", 19), ("cesa", 8)), "Couture", MESNIERES, E, "nadege"),
    Someone("Claire", "Delmas", (("cape", 17), ("cesa", 7)), "Sophrologie", CLAIRON, E),
    Someone("Ismaël", "Garcia", (("cape", 6),), "Photographie", CLAIRON, E, "ismael"),
    Someone("Théo", "Lambert", (("cape", 9),), "Apiculture", ORBANCE, E, "theo"),
    Someone("Paul", "Etcheverry", (("candidate", 9), ("cape", 7)), "Maraîchage", ORBANCE, E),
    Someone("Georges", "Maillard", (("external", 40),), "", CLAIRON),
    Someone("Louis", "Perrin", (("candidate", 2),), "Réparation de vélos", MESNIERES),
    Someone("Yuna", "Le Gall", (("candidate", 0),), "Illustration", ORBANCE),
    Someone("Sabine", "Courtois", (("cesa", 35), ("left", 8)), "Conseil en gestion", ORBANCE, E),
]

# name, kind, purpose, is it open, coordinator, members, months ago
GROUPS = [
    (
        "Révéler nos voix",
        "working_group",
        "Recueillir ce que vivent les membres, sans l’arranger, pour que notre proposition parte de leurs mots.",
        True,
        "camille",
        ("idriss", "noemie", "lucile", "mina", "gaspard", "nadege"),
        12,
    ),
    (
        "Écrire notre proposition",
        "working_group",
        "Dire en une page qui nous sommes et ce que nous offrons, et la relire avec celles et ceux qui la vivent.",
        True,
        "romain",
        ("camille", "aissata", "rachid"),
        10,
    ),
    (
        "Val d'Orbance",
        "local_group",
        "Une soirée par mois autour d’une soupe, à Saint-Aubin : on raconte, on s’aide, on se passe du travail.",
        True,
        "helene",
        ("bakary", "paul", "theo", "idriss", "sylvie", "camille"),
        34,
    ),
    (
        "Pont-Clairon",
        "local_group",
        "Le premier jeudi du mois au café de la Halle.",
        True,
        "vincent",
        ("mina", "georges", "lucile", "claire", "tanguy"),
        30,
    ),
    (
        "Bois, terre et jardin",
        "trade_group",
        "Répondre à plusieurs aux chantiers, partager des fournisseurs et des coups de main.",
        True,
        "bakary",
        ("jeanne", "helene", "paul"),
        24,
    ),
    (
        "Métiers du numérique",
        "trade_group",
        "S’entraider sur les devis, les outils libres et les clients qui veulent tout pour hier.",
        True,
        "gaspard",
        ("lucile", "ismael"),
        12,
    ),
    (
        "L'Atelier partagé",
        "collective",
        "Un lieu, un four, deux établis et un planning. Pour y entrer, venez d’abord boire un café.",
        False,
        "jeanne",
        ("bakary", "nadege"),
        20,
    ),
    (
        "Réseau des CAE de l'Ouest",
        "external_network",
        "Onze coopératives voisines qui comparent leurs pratiques deux fois par an.",
        False,
        "rachid",
        ("morgane",),
        28,
    ),
    (
        "Fête des dix ans",
        "working_group",
        "Préparer la fête. Elle a eu lieu, il a plu, on a dansé.",
        True,
        "mina",
        ("claire",),
        16,
    ),
]
CLOSED_GROUPS = {"Fête des dix ans": 11}

GRAND_LARGE_FOUNDER = Someone("Maëlle", "Quéméner", (("staff", 30),), "Direction", "Le Port", key="maelle")
GRAND_LARGE = [
    Someone("Erwan", "Salaün", (("cesa", 28), ("associate", 12)), "Charpente marine", "Le Port", (*E, "coordinator")),
    Someone("Fatima", "Ouali", (("cesa", 20),), "Traiteur", "Le Port", E),
    Someone("Loïc", "Bescond", (("cape", 8),), "Voilerie", "Le Port", E, "loic"),
    Someone("Anne-Lise", "Tual", (("cesa", 15),), "Kinésithérapie équine", "Le Port", E, "anne-lise"),
]

# Who can be tried: mailbox, cooperative, who it is.
ACCOUNTS = [
    ("camille@trois-feuilles.example", "Camille : entrepreneuse, anime « Révéler nos voix »"),
    ("idriss@trois-feuilles.example", "Idriss : entrepreneur, marque les paroles avec elle"),
    ("noemie@trois-feuilles.example", "Noémie : anime les groupes de la coopérative"),
    ("paul@trois-feuilles.example", "Paul : entrepreneur, attend d’être publié"),
    ("yuna@trois-feuilles.example", "Yuna : porteuse de projet, arrivée cette semaine"),
    ("sylvie@trois-feuilles.example", "Sylvie : accompagnatrice"),
    ("rachid@trois-feuilles.example", "Rachid : direction"),
    ("morgane@trois-feuilles.example", "Morgane : administre Surelle, lit le journal"),
    ("erwan@grand-large.example", "Erwan : d’une coopérative partenaire, Grand Large"),
]
