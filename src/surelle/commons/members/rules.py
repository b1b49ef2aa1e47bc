"""Who may do what: roles are named sets of capabilities; statuses follow a table."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any


class Capability(StrEnum):
    """One thing that a member may do, beyond what every member may."""

    INVITE = "invite"  # ask somebody in
    MANAGE_MEMBERS = "manage_members"  # statuses, roles, branches
    READ_AUDIT = "read_audit"
    MANAGE_GROUPS = "manage_groups"  # create and close groups, name coordinators
    COORDINATE = "coordinate"  # open a collection in a group one belongs to
    SUPPORT = "support"  # accompany entrepreneurs
    KEEP_BOOKS = "keep_books"
    RUN_ACTIVITY = "run_activity"
    DIRECT = "direct"  # see the cooperative as a whole


class Role(StrEnum):
    ENTREPRENEUR = "entrepreneur"
    ADVISOR = "advisor"
    ACCOUNTANT = "accountant"
    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.ENTREPRENEUR: frozenset({Capability.RUN_ACTIVITY}),
    Role.ADVISOR: frozenset({Capability.SUPPORT, Capability.INVITE}),
    Role.ACCOUNTANT: frozenset({Capability.KEEP_BOOKS}),
    Role.COORDINATOR: frozenset({Capability.COORDINATE, Capability.MANAGE_GROUPS}),
    Role.DIRECTOR: frozenset({Capability.DIRECT, Capability.INVITE, Capability.MANAGE_MEMBERS, Capability.COORDINATE}),
    Role.ADMINISTRATOR: frozenset(
        {Capability.INVITE, Capability.MANAGE_MEMBERS, Capability.READ_AUDIT, Capability.MANAGE_GROUPS}
    ),
}

# Which roles somebody with a role may give and take. Only an administrator makes another one.
GRANTABLE: dict[Role, frozenset[Role]] = {
    Role.ADVISOR: frozenset({Role.ENTREPRENEUR}),
    Role.DIRECTOR: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.ADMINISTRATOR: frozenset(Role),
}


class Status(StrEnum):
    """Where a person stands in the cooperative; the timeline of a membership is made of these."""

    CANDIDATE = "candidate"
    CAPE = "cape"
    CESA = "cesa"
    ASSOCIATE = "associate"
    STAFF = "staff"
    EXTERNAL = "external"
    LEFT = "left"


# From a status, which may follow. None: the first of a timeline.
NEXT_STATUSES: dict[Status | None, frozenset[Status]] = {
    None: frozenset(Status) - {Status.LEFT},
    Status.CANDIDATE: frozenset({Status.CAPE, Status.CESA, Status.STAFF, Status.EXTERNAL, Status.LEFT}),
    Status.CAPE: frozenset({Status.CESA, Status.STAFF, Status.LEFT}),
    Status.CESA: frozenset({Status.ASSOCIATE, Status.STAFF, Status.LEFT}),
    Status.ASSOCIATE: frozenset({Status.CESA, Status.STAFF, Status.EXTERNAL, Status.LEFT}),
    Status.STAFF: frozenset({Status.ASSOCIATE, Status.CAPE, Status.CESA, Status.LEFT}),
    Status.EXTERNAL: frozenset(
        {Status.CANDIDATE, Status.CAPE, Status.CESA, Status.ASSOCIATE, Status.STAFF, Status.LEFT}
    ),
    Status.LEFT: frozenset({Status.CANDIDATE, Status.CAPE, Status.CESA, Status.STAFF, Status.EXTERNAL}),
}


def capabilities_of(roles: frozenset[Role]) -> frozenset[Capability]:
    """Return everything that these roles together allow."""
    return frozenset().union(*(CAPABILITIES[role] for role in roles))


def grantable_by(roles: frozenset[Role]) -> frozenset[Role]:
    """Return the roles that somebody with these roles may give and take."""
    return frozenset().union(*(GRANTABLE.get(role, frozenset()) for role in roles))


def may_follow(present: Status | None, following: Status) -> bool:
    """Say whether `following` may come after `present` (None: nothing yet) on a timeline."""
    return following in NEXT_STATUSES[present]


class InvitationState(StrEnum):
    """What has become of an invitation."""

    WAITING = "waiting"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


INVITATION_LASTS = timedelta(days=14)


def invitation_state(
    *, expires_at: datetime, accepted_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> InvitationState:
    """Return the state of an invitation at `now`; what somebody did counts before what time did."""
    if accepted_at:
        return InvitationState.ACCEPTED
    if revoked_at:
        return InvitationState.REVOKED
    return InvitationState.WAITING if now < expires_at else InvitationState.EXPIRED


def fold(text: str) -> str:
    """Return text as one searches and sorts it, without case and accents: "oeuvre d'elie" for "Œuvre d’Élie"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = plain.replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(character for character in plain if not unicodedata.combining(character))


def days_between(first: date, last: date) -> int:
    """Return the length of a stretch of a timeline, in days, both ends counted."""
    return (last - first).days + 1


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What another app shows on the page of a member, such as the groups they belong to.

    Every dotted path in settings.MEMBER_PANELS is called as `panel(reader=membership, of=membership)` and returns one,
    or None. `rows` are (title, address or "", detail or ""); `empty` is the sentence for no rows.
    """

    title: str
    rows: Sequence[tuple[str, str, str]]
    empty: str


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What one app knows of a person on one subject, as `personal_data` of that app hands it over.

    Every dotted path in settings.PERSONAL_DATA is called as `personal_data(person=person)` and returns a list of these,
    across all cooperatives, empty when nothing is known.

    `title` names the subject in French words for the person ("Témoignages"), and its file in the archive; it must be
    unique in its app. `records` are JSON-able rows (str, int, float, bool, None, lists, dictionaries; dates as ISO
    text), about this person and nobody else. `files` are pairs of the name in the archive and the path on disk; a file
    that is missing is left out and named in the archive's list.
    """

    title: str
    records: list[dict[str, Any]]
    files: list[tuple[str, Path]] = field(default_factory=list)
