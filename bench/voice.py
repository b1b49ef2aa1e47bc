"""To gather, mark, read and export voices: the same work as the peer in the table of docs (Taguette 1.5.2)."""

import csv
import io
import random
import resource
from collections.abc import Iterator
from typing import Any

from .measuring import Bench

SIZES = {"documents": 2000, "excerpts": 10_000, "characters": 4250, "found": 20_000, "themes": 40}

BATCH = 200  # voices in one imported page
OPENINGS = (
    "Je voulais", "On m'a dit de", "J'ai appris à", "Il faut", "Nous avons choisi de", "Au début je n'osais pas",
    "Avec le groupe on peut", "Le plus dur est de", "Ce que j'aime c'est", "Personne ne m'a demandé de",
)  # fmt: skip
DEEDS = (
    "travailler", "partager", "facturer", "attendre", "comprendre", "chercher", "tenir", "raconter", "accueillir",
    "refuser", "transmettre", "négocier", "réparer", "dessiner", "cultiver", "former", "écouter", "relancer",
    "calculer",
    "promettre",
)  # fmt: skip
THINGS = (
    "les clients", "la trésorerie", "un devis", "mon atelier", "les réunions", "l'équipe d'appui", "une avance",
    "les papiers", "la coopérative", "le groupe local", "mes tarifs", "les formations", "un contrat", "la confiance",
    "les retards de paiement", "une commande", "la solitude", "le temps", "les outils communs", "nos règles",
)  # fmt: skip
MANNERS = (
    "sans peur", "avec les autres", "chaque semaine", "depuis deux ans", "malgré tout", "pas à pas", "toute seule",
    "à ma façon", "quand il le faut", "pour de bon", "le vendredi soir", "entre nous", "trop tard", "en confiance",
)  # fmt: skip
QUESTIONS = (
    "Pourquoi la coopérative ?", "Qu'est-ce qui est difficile ?", "Qu'avez-vous appris ?", "Que changeriez-vous ?",
)  # fmt: skip
GROUPS = ("Lyon", "Nantes", "Lille", "Bois", "Images", "Terres", "Soin", "Textile")
FIRST = ("Ana", "Léo", "Zoé", "Ivan", "Maud", "Rose", "Hugo", "Inès", "Paul", "Lina")
LAST = ("Aubray", "Belcourt", "Corval", "Dastry", "Elvaux", "Fontel", "Garlin", "Hauvet", "Isnard", "Jolvet")


def invented(seed: int, characters: int) -> str:
    """Return about so many characters of invented French, always the same for the same seed."""
    luck = random.Random(seed)
    pieces: list[str] = []
    size = 0
    while size < characters:
        words = (luck.choice(OPENINGS), luck.choice(DEEDS), luck.choice(THINGS), luck.choice(MANNERS))
        mark = f", dit-elle en {luck.randrange(1990, 2026)}" if luck.random() < 0.15 else ""
        sentence = " ".join(words) + mark + luck.choice((". ", ". ", "… ", " ! "))
        pieces.append(sentence)
        size += len(sentence)
    return "".join(pieces).strip()[:characters]


def survey(first: int, count: int, characters: int) -> bytes:
    """Return a table of answers: a row a person, a column a question."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Nom", "Groupe", *QUESTIONS])
    for n in range(first, first + count):
        name = f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {n}"
        answers = [invented(n * 10 + k, characters // len(QUESTIONS)) for k in range(len(QUESTIONS))]
        writer.writerow([name, GROUPS[n % len(GROUPS)], *answers])
    return file.getvalue().encode()


def run(bench: Bench, *, documents: int, excerpts: int, characters: int, found: int, themes: int) -> None:
    """Build a collection step by step, measuring each."""
    from django.test import Client

    from surelle.collective.groups.models import Group, GroupKind, GroupMembership
    from surelle.collective.testimonies.actions import marking
    from surelle.collective.testimonies.models import Collection, Excerpt, ExcerptTheme, Testimony, Theme
    from surelle.collective.testimonies.rules.anchoring import anchor
    from surelle.commons.cooperatives.models import Cooperative
    from surelle.commons.members.models import Membership, Person

    house = Cooperative.objects.create(name="Mesure", slug="mesure")
    person = Person.objects.create(email="mesure@example.org", first_name="Maud")
    member = Membership.objects.create(cooperative=house, person=person, joined_on="2020-01-01")
    group = Group.objects.create(cooperative=house, kind=GroupKind.WORKING_GROUP, name="Voix", slug="voix")
    GroupMembership.objects.create(
        cooperative=house, group=group, member=member, is_coordinator=True, joined_on="2020-01-01"
    )
    owner: dict[str, Any] = {"cooperative": house}
    collection = Collection.objects.create(
        **owner, group=group, title="Mesure", slug="mesure", created_by=member, visibility="group"
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    stem = "/mesure/temoignages"

    def get(address: str) -> None:
        response = client.get(f"{stem}/{address}")
        assert response.status_code == 200, (address, response.status_code)

    # --- import -------------------------------------------------------------------------------------------------------
    pages = iter_pages(documents, characters)
    bench.measure(
        "import a document (in pages of 200, read, confirmed, indexed)",
        lambda page: import_survey(member, collection, *page),
        size=f"{documents} × {characters} characters",
        repeat=max(1, documents // BATCH),
        per=BATCH,
        prepare=lambda: next(pages),
        warm=False,
        count_queries=False,
    )
    voices = list(Testimony.objects.filter(collection=collection).order_by("pk").values_list("pk", "text"))
    size = f"{len(voices)} documents, {sum(len(text) for _pk, text in voices) / 1e6:.1f} M characters"

    # --- marks --------------------------------------------------------------------------------------------------------
    tree: list[Theme] = []
    for n in range(themes):
        parent = tree[n // 4 - 1] if n >= 8 else None
        tree.append(
            Theme.objects.create(
                **owner,
                collection=collection,
                name=f"Thème {n}",
                hue=n % 10,
                position=n,
                created_by=member,
                parent=parent,
            )
        )
    luck = random.Random(7)
    left = excerpts
    while left > 0:
        made = []
        for _ in range(min(left, 2000)):
            pk, text = luck.choice(voices)
            start = luck.randrange(0, max(1, len(text) - 200))
            place = anchor(text, start, min(len(text), start + luck.randrange(40, 200)))
            made.append(
                Excerpt(
                    **owner,
                    collection=collection,
                    testimony_id=pk,
                    start=place.start,
                    end=place.end,
                    quote=place.quote,
                    before=place.before,
                    after=place.after,
                    tone=luck.choice((None, -2, -1, 0, 1, 2)),
                    marked_by=member,
                )
            )
        Excerpt.objects.bulk_create(made, batch_size=500)
        links = [(e, theme) for e in made for theme in luck.sample(tree, luck.choice((1, 1, 2)))]
        ExcerptTheme.objects.bulk_create(
            (ExcerptTheme(**owner, excerpt=e, theme=theme) for e, theme in links), batch_size=1000
        )
        left -= len(made)
    long = Testimony.objects.create(
        **owner, collection=collection, kind="quote", state="awaiting_consent", author_kind="anonymous",
        text=invented(99, 1_000_000), position=10**6,
    )  # fmt: skip
    analyse(house)
    places = iter(range(10, 10**9, 7))

    def mark(pk: int) -> None:
        testimony = Testimony.objects.defer("text", "context").select_related("collection").get(pk=pk)
        place = next(places) % 3900
        marking.mark_words(member=member, testimony=testimony, start=place, end=place + 90, themes=[luck.choice(tree)])

    def mark_by_page(pk: int, block: int) -> None:
        place = next(places) % 3000
        sent = {"start": place, "end": place + 60, "themes": luck.choice(tree).pk, "block_start": 0, "block_end": block}
        response = client.post(f"{stem}/paroles/{pk}/marques/", sent, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code

    some = [pk for pk, _text in voices[:300]]
    bench.measure("mark words (action)", lambda: mark(luck.choice(some)), size=size, repeat=200)
    bench.measure("mark words in a text of 1 M characters (action)", lambda: mark(long.pk), size=size, repeat=100)
    bench.measure(
        "mark words (request, with the changed paragraph)",
        lambda: mark_by_page(luck.choice(some), 1100),
        size=size,
        repeat=100,
    )

    # --- pages --------------------------------------------------------------------------------------------------------
    busy = tree[9]
    key = voices[0][0]
    for work, address in [
        ("the frame alone (an empty list): what every page costs", "mesure/doubles/"),
        ("collection page", "mesure/"),
        ("tree of themes", "mesure/themes/"),
        ("theme page, first 50 excerpts", f"mesure/themes/{busy.pk}/"),
        ("theme page of a theme with sub-themes", f"mesure/themes/{tree[0].pk}/"),
        ("list of excerpts", "mesure/extraits/"),
        ("marking page", f"paroles/{key}/marquer/"),
        ("marking page, 1 M characters", f"paroles/{long.pk}/marquer/"),
        ("what members say", "mesure/analyse/"),
        ("what members say, by question", "mesure/analyse/?par=question"),
    ]:
        bench.measure(work, lambda address=address: get(address), size=size, repeat=15)

    # --- exports ------------------------------------------------------------------------------------------------------
    def drain(address: str) -> None:
        response = client.get(f"{stem}/{address}")
        for _piece in response:
            pass

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bench.measure("full CSV of marks, streamed", lambda: drain("mesure/extraits.csv"), size=size, repeat=5)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024
    print(f"    the CSV added {grown:.0f} MiB to the peak of this process", flush=True)
    bench.measure("full XLSX of marks", lambda: drain("mesure/extraits.xlsx"), size=size, repeat=3)
    bench.measure("project as QDPX", lambda: drain("mesure/projet.qdpx"), size=size, repeat=2)
    bench.measure("report as PDF", lambda: get("mesure/rapport.pdf"), size=size, repeat=2)

    # --- search -------------------------------------------------------------------------------------------------------
    fill_search(house, member, group, found - len(voices), characters)
    analyse(house)
    measure_search(bench, member, found, client, stem)


def iter_pages(documents: int, characters: int) -> Iterator[tuple[str, bytes]]:
    for first in range(0, documents, BATCH):
        yield f"enquete-{first}.csv", survey(first, min(BATCH, documents - first), characters)


def import_survey(member: Any, collection: Any, name: str, data: bytes) -> None:
    from surelle.collective.testimonies.actions import confirm_reading, import_page

    imported = import_page(member=member, collection=collection, name=name, data=data)
    confirm_reading(member=member, source=imported.source)


def analyse(house: Any) -> None:
    """Let the database know its tables, as it does by itself in a house that lives."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_search(house: Any, member: Any, group: Any, count: int, characters: int) -> None:
    """Add documents that only the search will look at."""
    from surelle.collective.testimonies.models import Collection, Testimony
    from surelle.commons.search.actions import Words, index_many

    if count <= 0:
        return
    other = Collection.objects.create(
        cooperative=house, group=group, title="Fonds", slug="fonds", created_by=member, visibility="group"
    )
    for first in range(0, count, 500):
        rows = Testimony.objects.bulk_create(
            Testimony(
                cooperative=house, collection=other, kind="quote", state="awaiting_consent", author_kind="outsider",
                author_name=f"Fonds {n}", text=invented(10**7 + n, characters), position=n,
            )
            for n in range(first, min(first + 500, count))
        )  # fmt: skip
        index_many(Words(about=row, kind="testimony", title=row.author_name, body=row.text) for row in rows)


def measure_search(bench: Bench, member: Any, found: int, client: Any, stem: str) -> None:
    from surelle.commons.search.queries import matching_ids

    asked = [
        f"{deed} {thing.split()[-1]}" if n % 2 else deed
        for n, (deed, thing) in enumerate((d, t) for d in DEEDS[:10] for t in THINGS[:10])
    ]
    words = iter(asked * 100)
    bench.measure(
        "search, one or two frequent words",
        lambda: matching_ids(member, "testimony", next(words)),
        size=f"{found} documents",
        repeat=200,
    )
    rare = iter(f"fonds {n}" for n in range(1, 10**6, 13))
    bench.measure(
        "search, a rare word",
        lambda: matching_ids(member, "testimony", next(rare)),
        size=f"{found} documents",
        repeat=200,
    )
