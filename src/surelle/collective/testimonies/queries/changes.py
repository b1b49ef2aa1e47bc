"""What a page in review changes, and how a withdrawn voice is known again without being kept."""

from django.utils.crypto import salted_hmac

from ..models import Source, Testimony
from ..rules.reading.folding import key
from ..rules.reviewing import Change, Composed, Known, Review, compare, composed, entry_lines
from ..rules.states import State

PRINT = 32  # hexadecimal digits kept of a fingerprint


def words_of(review: Review) -> dict[str, Composed]:
    """Return the text and answers of each entry of a review, by its id."""
    return {entry["id"]: composed(entry, entry_lines(review, entry["id"])) for entry in review["entries"]}


def changes_of(source: Source, words: dict[str, Composed] | None = None) -> list[Change]:
    """Return what a page changes, entry by entry; everything is added when it is the first version."""
    review: Review = source.reading
    words = words_of(review) if words is None else words
    known = [
        Known(pk, "", "", "", "", words_only(marks))
        for pk, marks in Testimony.objects.filter(collection=source.collection_id, state=State.WITHDRAWN)
        .order_by("pk")
        .values_list("pk", "source_entry")
    ]
    if source.replaces_id is not None:
        former = Testimony.objects.filter(source__in=versions_before(source)).order_by("position", "pk")
        known += [
            Known(row.pk, row.source_entry, row.author_name, row.kind, row.text)
            if row.state != State.WITHDRAWN
            else Known(row.pk, "", "", "", "", prints_of(row.source_entry))
            for row in former
        ]
    return compare([(entry, words[entry["id"]].text) for entry in review["entries"]], known, fingerprints)


def versions_before(source: Source) -> list[int]:
    """Return the ids of the former versions of a page, the latest first."""
    ids: list[int] = []
    former = source.replaces_id
    while former is not None and former not in ids:
        ids.append(former)
        former = Source.objects.filter(pk=former).values_list("replaces", flat=True).first()
    return ids


def marks_left_by(author: str, text: str) -> str:
    """Return what a withdrawn row keeps in place of its entry's id: fingerprints of its words and of its author.

    They are keyed by SECRET_KEY, so that nobody can guess a name or a sentence from them.
    """

    def print_of(of: str, folded: str) -> str:
        return salted_hmac(f"testimonies.{of}", folded).hexdigest()[:PRINT] if folded else "-" * PRINT

    return "~" + print_of("words", key(text)) + print_of("author", key(author))


def prints_of(marks: str) -> frozenset[str]:
    """Return the fingerprints in what a withdrawn row left."""
    both = (marks[1 : 1 + PRINT], marks[1 + PRINT : 1 + 2 * PRINT])
    return frozenset(print_ for print_ in both if print_ and not print_.startswith("-"))


def words_only(marks: str) -> frozenset[str]:
    """Return only the fingerprint of the words: an author who withdrew one voice may still have others."""
    return prints_of(marks[: 1 + PRINT])


def fingerprints(author: str, text: str) -> frozenset[str]:
    """Return what a withdrawn voice of this author, or with these words, would have left."""
    return prints_of(marks_left_by(author, text))
