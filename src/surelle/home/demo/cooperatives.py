"""The two cooperatives come to life: founded, peopled, gathered in groups."""

from collections.abc import Sequence

from django.utils import timezone

from surelle.collective.groups.actions import add_member, close_group, create_group, join_group
from surelle.collective.groups.models import Group, GroupKind
from surelle.commons.cooperatives.models import Branch
from surelle.commons.members.actions import accept_invitation, change_status, edit_membership, grant_role, invite_person
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Role, Status
from surelle.home.actions import found_cooperative, open_to_partner

from .clock import days_ago
from .people import (
    BRANCHES,
    CLOSED_GROUPS,
    FOUNDER,
    GRAND_LARGE,
    GRAND_LARGE_FOUNDER,
    GROUPS,
    PASSWORD,
    PEOPLE,
    Someone,
)

A_MONTH = 30.4
NEWCOMER_DAYS = 4

People = dict[str, Membership]


def found(
    slug: str, name: str, purpose: str, city: str, branches: Sequence[tuple[str, str]], who: Someone
) -> Membership:
    with days_ago(who.path[0][1] * A_MONTH):
        founder = found_cooperative(
            name=name,
            slug=slug,
            purpose=purpose,
            city=city,
            email=f"{who.mailbox}@{slug}.example",
            first_name=who.first_name,
            last_name=who.last_name,
            password=PASSWORD,
            contact_email=f"bonjour@{slug}.example",
            branches=branches,
        )
    return fresh(founder)


def fresh(member: Membership) -> Membership:
    """Return the member as the database has it, with the roles that were given meanwhile."""
    return Membership.objects.select_related("cooperative", "person").get(pk=member.pk)


def come_in(administrator: Membership, who: Someone) -> Membership:
    """Invite somebody, let them accept, and let their years pass."""
    status, months = who.path[0]
    with days_ago(months * A_MONTH or NEWCOMER_DAYS):
        invitation = invite_person(
            member=administrator,
            email=f"{who.mailbox}@{administrator.cooperative.slug}.example",
            first_name=who.first_name,
            last_name=who.last_name,
            status=Status(status),
            roles=[Role(role) for role in who.roles],
        )
        member = accept_invitation(
            invitation=invitation, first_name=who.first_name, last_name=who.last_name, password=PASSWORD
        )
        settle_in(administrator, member, who)
    for status, months in who.path[1:]:
        with days_ago(months * A_MONTH):
            change_status(member=administrator, of=fresh(member), status=Status(status), starts_on=timezone.localdate())
    return fresh(member)


def settle_in(administrator: Membership, member: Membership, who: Someone) -> None:
    branch = Branch.objects.filter(cooperative=member.cooperative, name=who.branch).first()
    edit_membership(member=administrator, of=member, number=member.number, branch=branch, trade=who.trade)


def trois_feuilles() -> People:
    """Return the people of Trois Feuilles by their mailbox."""
    founder = found(
        "trois-feuilles",
        "Trois Feuilles",
        "Entreprendre ensemble dans le Val d’Orbance : des métiers différents, une seule maison.",
        "Saint-Aubin-sur-Orbance",
        BRANCHES,
        FOUNDER,
    )
    settle_in(founder, founder, FOUNDER)
    return {FOUNDER.mailbox: founder} | {who.mailbox: come_in(founder, who) for who in PEOPLE}


def grand_large() -> People:
    """Return the people of the partner cooperative."""
    who = GRAND_LARGE_FOUNDER
    founder = found(
        "grand-large",
        "Grand Large",
        "Des métiers de la côte, et le vent dans le dos.",
        "Le Port",
        [("Le Port", "Le Port")],
        who,
    )
    grant_role(member=founder, of=founder, role=Role.DIRECTOR)
    return {who.mailbox: fresh(founder)} | {each.mailbox: come_in(founder, each) for each in GRAND_LARGE}


def groups(people: People) -> dict[str, Group]:
    """Create the groups, let people come in, and close what is over."""
    made = {}
    for name, kind, purpose, is_open, coordinator, members, months in GROUPS:
        with days_ago(months * A_MONTH):
            group = create_group(
                member=people["noemie"] if months < 42 else people["morgane"],
                kind=GroupKind(kind),
                name=name,
                purpose=purpose,
                is_open=is_open,
                coordinator=people[coordinator],
            )
        for number, key in enumerate(members):
            months_here = min(months - 0.5 - number * 0.3, months_of(people[key]) - 0.2)
            with days_ago(max(months_here, 0.3) * A_MONTH):
                if is_open:
                    join_group(member=people[key], group=group)
                else:
                    add_member(member=people[coordinator], group=group, newcomer=people[key])
        made[name] = group
    for name, months in CLOSED_GROUPS.items():
        with days_ago(months * A_MONTH):
            close_group(member=people["mina"], group=made[name])
    return made


def months_of(member: Membership) -> float:
    return (timezone.localdate() - member.joined_on).days / A_MONTH


def partners(ours: Membership, theirs: Membership) -> None:
    """Open each cooperative to the other."""
    with days_ago(14 * A_MONTH):
        open_to_partner(member=ours, partner=theirs.cooperative)
        open_to_partner(member=theirs, partner=ours.cooperative)
