"""Life cycles of testimonies, as tables; the documentation is drawn from them."""

from enum import StrEnum


class State(StrEnum):
    """Where a testimony stands. `expected`: a name without words, a voice not heard yet."""

    EXPECTED = "expected"
    DRAFT = "draft"  # its author is still writing
    AWAITING_CONSENT = "awaiting_consent"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """How far published words go, from the nearest to the farthest."""

    INSIDE = "inside"
    PARTNERS = "partners"
    PUBLIC = "public"


class Channel(StrEnum):
    """What a consent is given for. The first three open the audience of the same name."""

    INSIDE = "inside"
    PARTNERS = "partners"
    PUBLIC = "public"
    PRINT = "print"
    NAME = "name"  # the name beside the words; without it they stand unsigned outside the group
    IMAGE = "image"  # portrait, voice, video (droit à l'image)


# Verb of the trade → (states it may start from, state it leads to).
TRANSITIONS: dict[str, tuple[frozenset[State], State]] = {
    "save_answers": (frozenset({State.EXPECTED, State.DRAFT}), State.DRAFT),
    "submit_answers": (frozenset({State.EXPECTED, State.DRAFT}), State.AWAITING_CONSENT),
    "publish_testimony": (frozenset({State.AWAITING_CONSENT, State.PUBLISHED}), State.PUBLISHED),
    "unpublish_testimony": (frozenset({State.PUBLISHED}), State.AWAITING_CONSENT),
    "withdraw_testimony": (
        frozenset({State.EXPECTED, State.DRAFT, State.AWAITING_CONSENT, State.PUBLISHED}),
        State.WITHDRAWN,
    ),
}

READABLE = frozenset({State.AWAITING_CONSENT, State.PUBLISHED})
"""States in which words may be read and marked by the group that gathers them."""

REACH: dict[Audience, frozenset[Audience]] = {
    Audience.INSIDE: frozenset({Audience.INSIDE}),
    Audience.PARTNERS: frozenset({Audience.INSIDE, Audience.PARTNERS}),
    Audience.PUBLIC: frozenset(Audience),
}
"""What an audience includes: who may publish to the public has consented to the nearer ones."""


def may(verb: str, state: State) -> bool:
    """Say whether `verb` may be done to a testimony in `state`."""
    return state in TRANSITIONS[verb][0]


def audiences_allowed(channels: frozenset[Channel]) -> frozenset[Audience]:
    """Return the audiences that the consented channels open."""
    return frozenset(a for a in Audience if Channel(a.value) in channels)
