"""Members as a search finds them: straight from the directory, so that who left or changed is never found as before."""

from django.db.models import QuerySet
from django.urls import reverse

from surelle.commons.members.access import searchable_members
from surelle.commons.members.models import Membership
from surelle.commons.search.queries import Face
from surelle.commons.search.rules import Sought, matches, sought, words_of


def matching_members(member: Membership, kind: str, words: str, limit: int) -> list[int]:
    """Return the ids of the members whose name, activity or branch hold all the words; names before the rest."""
    asked = sought(words)
    if not asked:
        return []
    rows = searchable_members(member).values_list(
        "pk", "person__first_name", "person__last_name", "trade", "branch__name"
    )
    found: list[tuple[int, int, int]] = []
    for pk, first_name, last_name, trade, branch in rows.order_by("person__last_name", "person__first_name", "pk"):
        by_name = answered(f"{first_name} {last_name}", asked)
        if len(by_name | answered(f"{trade} {branch or ''}", asked)) == len(asked):
            found.append((-len(by_name), len(found), pk))
    return [pk for *_, pk in sorted(found)[:limit]]


def answered(text: str, asked: list[Sought]) -> set[int]:
    """Return which of the words asked for stand in a text, by their place in the question."""
    words = list(words_of(text))
    return {place for place, each in enumerate(asked) if any(matches(word, [each]) for word in words)}


def member_faces(allowed: QuerySet[Membership]) -> dict[int, Face]:
    """Return how members show themselves among what a search found."""
    return {
        row.pk: Face(
            title=row.person.full_name,
            path=reverse("members:member", args=[row.cooperative.slug, row.pk]),
            detail=" · ".join(part for part in (row.trade, row.branch.name if row.branch else "") if part),
        )
        for row in allowed.select_related("person", "branch", "cooperative")
    }
