"""What a yes opens, and what a no closes."""

from .states import REACH, Audience, Channel, audiences_allowed

WORDS_CHANNELS = (Channel.INSIDE, Channel.PARTNERS, Channel.PUBLIC)
"""The channels that say how far the words may go, from the nearest to the farthest."""

DAYS_BEFORE_EXPIRY = 30
"""How long before a consent ends its coordinators are told."""


def comes_with(channel: Channel) -> tuple[Channel, ...]:
    """Return the channels that a yes for `channel` opens: who agrees to the web agrees to the cooperative too."""
    if channel not in WORDS_CHANNELS:
        return (channel,)
    return tuple(c for c in WORDS_CHANNELS if Audience(c.value) in REACH[Audience(channel.value)])


def ends_with(channel: Channel) -> tuple[Channel, ...]:
    """Return the channels that a no for `channel` closes: who is not read inside is not read further away either."""
    if channel not in WORDS_CHANNELS:
        return (channel,)
    return tuple(c for c in WORDS_CHANNELS if Audience(channel.value) in REACH[Audience(c.value)])


def widest(channels: frozenset[Channel]) -> Audience | None:
    """Return the farthest audience that the consented channels open, None when they open none."""
    return max(audiences_allowed(channels), key=list(Audience).index, default=None)


def audience_within(audience: Audience, channels: frozenset[Channel]) -> Audience | None:
    """Return the farthest audience, no farther than `audience`, that the channels still open; None for none."""
    order = list(Audience)
    allowed = [a for a in audiences_allowed(channels) if order.index(a) <= order.index(audience)]
    return max(allowed, key=order.index, default=None)
