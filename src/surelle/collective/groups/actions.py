"""What is done with groups: create, edit, close, join, leave, and who coordinates."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership, Person
from surelle.commons.notifications.actions import tell
from surelle.commons.search.actions import forget, index

from .access import can_coordinate, can_create_groups, managers_of_groups, members_of
from .models import Group, GroupKind, GroupMembership

RESERVED_SLUGS = frozenset({"nouveau", "export"})


class Refused(Exception):
    """An act that was not done; `str()` of it is the sentence to show."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NotYours(Refused):
    sentence = gettext_lazy("Seules les personnes qui animent ce groupe peuvent faire cela.")


class NameNeeded(Refused):
    sentence = gettext_lazy("Donnez un nom au groupe, pour que chacun le reconnaisse.")


class NameTaken(Refused):
    sentence = gettext_lazy("Un groupe porte déjà ce nom. Ajoutez un lieu ou une année pour les distinguer.")


class GroupClosed(Refused):
    sentence = gettext_lazy("Ce groupe est clos.")


class NotOpen(Refused):
    sentence = gettext_lazy("On entre dans ce groupe sur invitation : écrivez à une personne qui l’anime.")


class AlreadyInGroup(Refused):
    sentence = gettext_lazy("Cette personne est déjà dans le groupe.")


class NotInGroup(Refused):
    sentence = gettext_lazy("Cette personne n’est pas dans le groupe.")


class HasLeft(Refused):
    sentence = gettext_lazy("Cette personne a quitté la coopérative.")


def path_of(group: Group) -> str:
    """Return where a group is shown."""
    return reverse("groups:group", args=[group.cooperative.slug, group.slug])


def require_coordinator(member: Membership, group: Group) -> None:
    if not can_coordinate(member, group):
        raise NotYours


def check_name(group: Group) -> None:
    """Raise NameNeeded, or NameTaken if an open group of the same kind has this name already."""
    if not group.name:
        raise NameNeeded
    others = Group.objects.filter(cooperative=group.cooperative_id, kind=group.kind, closed_on=None)
    if others.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
        raise NameTaken


def free_slug(cooperative_id: int, name: str) -> str:
    """Return an address for a group that no other has."""
    stem = slugify(name.replace("'", " ").replace("’", " "))[:70].strip("-") or "groupe"
    taken = set(Group.objects.filter(cooperative=cooperative_id, slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken or slug in RESERVED_SLUGS:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def let_find(group: Group) -> None:
    index(about=group, kind="group", title=group.name, body=f"{group.get_kind_display()}\n{group.purpose}")


def enter(group: Group, member: Membership, *, is_coordinator: bool = False) -> GroupMembership:
    """Put a member into a group from today on. Raises AlreadyInGroup, HasLeft, GroupClosed."""
    if group.closed_on:
        raise GroupClosed
    if member.left_on or member.cooperative_id != group.cooperative_id:
        raise HasLeft
    present, is_new = GroupMembership.objects.get_or_create(
        group=group,
        member=member,
        left_on=None,
        defaults={
            "cooperative_id": group.cooperative_id,
            "joined_on": timezone.localdate(),
            "is_coordinator": is_coordinator,
        },
    )
    if not is_new:
        raise AlreadyInGroup
    return present


def present_in(group: Group, member: Membership) -> GroupMembership:
    """Return the membership of today, or raise NotInGroup."""
    # Without the usual order, which would lock the person's row too, and nobody may change another's.
    rows = GroupMembership.objects.select_for_update().filter(group=group, member=member, left_on=None)
    present = rows.order_by("pk").first()
    if present is None:
        raise NotInGroup
    return present


def go(group: Group, member: Membership) -> bool:
    """Take a member out of a group from today on; return whether they coordinated it. Raises NotInGroup."""
    present = present_in(group, member)
    was_coordinator = present.is_coordinator
    present.left_on, present.is_coordinator = timezone.localdate(), False
    present.save(update_fields=["left_on", "is_coordinator"])
    return was_coordinator


def has_coordinator(group: Group) -> bool:
    return GroupMembership.objects.filter(group=group, left_on=None, is_coordinator=True).exists()


def say_if_without_coordinator(group: Group, *, but: Membership | None) -> bool:
    """Tell who looks after groups that this one has no coordinator left; return whether that is so."""
    if group.closed_on or has_coordinator(group):
        return False
    tell(
        members=[each for each in managers_of_groups(group.cooperative_id) if each != but],
        title=gettext_lazy("« %(group)s » n’a plus personne pour l’animer"),
        body=gettext_lazy("Nommez quelqu’un parmi ses membres, ou fermez le groupe."),
        values={"group": group.name},
        path=path_of(group),
        asks_for_act=True,
    )
    return True


def create_group(
    *,
    member: Membership,
    kind: GroupKind,
    name: str,
    purpose: str = "",
    is_open: bool = True,
    coordinator: Membership | None = None,
) -> Group:
    """Create a group, coordinated by `coordinator` or else by who creates it.

    Raises NotYours, NameNeeded, NameTaken, HasLeft.
    """
    if not can_create_groups(member):
        raise NotYours
    with transaction.atomic():
        group = Group(
            cooperative=member.cooperative,
            kind=kind,
            name=" ".join(name.split()),
            purpose=purpose.strip(),
            is_open=is_open,
        )
        check_name(group)
        group.slug = free_slug(member.cooperative_id, group.name)
        group.save()
        enter(group, coordinator or member, is_coordinator=True)
        let_find(group)
        record(member=member, verb="create_group", about=group, label=group.name, kind=kind)
        if coordinator and coordinator != member:
            tell(
                members=[coordinator],
                title=gettext_lazy("Vous animez « %(group)s »"),
                body=gettext_lazy("%(name)s vient de créer ce groupe et vous l’a confié."),
                values={"name": member, "group": group.name},
                path=path_of(group),
            )
    return group


def edit_group(*, member: Membership, group: Group, kind: GroupKind, name: str, purpose: str, is_open: bool) -> Group:
    """Change what a group says of itself; its address stays. Raises NotYours, NameNeeded, NameTaken, GroupClosed."""
    require_coordinator(member, group)
    if group.closed_on:
        raise GroupClosed
    with transaction.atomic():
        group.kind, group.name, group.purpose, group.is_open = kind, " ".join(name.split()), purpose.strip(), is_open
        check_name(group)
        group.save(update_fields=["kind", "name", "purpose", "is_open"])
        let_find(group)
        record(member=member, verb="edit_group", about=group, label=group.name)
    return group


def close_group(*, member: Membership, group: Group) -> Group:
    """Close a group: nobody joins any more, its history stays. Raises NotYours, GroupClosed."""
    require_coordinator(member, group)
    if group.closed_on:
        raise GroupClosed
    with transaction.atomic():
        group.closed_on = timezone.localdate()
        group.save(update_fields=["closed_on"])
        forget(kind="group", object_ids=[group.pk])
        record(member=member, verb="close_group", about=group, label=group.name)
        tell(
            members=members_of(group).exclude(pk=member.pk),
            title=gettext_lazy("« %(group)s » est clos"),
            body=gettext_lazy("Ce que le groupe a fait reste lisible."),
            values={"group": group.name},
            path=path_of(group),
        )
    return group


def reopen_group(*, member: Membership, group: Group) -> Group:
    """Open a closed group again, with those who were in it. Raises NotYours, NameTaken."""
    require_coordinator(member, group)
    with transaction.atomic():
        check_name(group)
        group.closed_on = None
        group.save(update_fields=["closed_on"])
        let_find(group)
        record(member=member, verb="reopen_group", about=group, label=group.name)
    return group


def join_group(*, member: Membership, group: Group) -> GroupMembership:
    """Join an open group; its coordinators are told. Raises NotOpen, GroupClosed, AlreadyInGroup, HasLeft."""
    if not group.is_open and not can_coordinate(member, group):
        raise NotOpen
    with transaction.atomic():
        present = enter(group, member)
        record(member=member, verb="join_group", about=group, label=group.name)
        tell(
            members=members_of(group, only_coordinators=True).exclude(pk=member.pk),
            title=gettext_lazy("%(name)s a rejoint « %(group)s »"),
            body=gettext_lazy("Un mot d’accueil fait toujours plaisir."),
            values={"name": member, "group": group.name},
            path=path_of(group),
        )
    return present


def leave_group(*, member: Membership, group: Group) -> bool:
    """Leave a group; return whether it has no coordinator any more, which who looks after groups is told too.

    Raises NotInGroup.
    """
    with transaction.atomic():
        was_coordinator = go(group, member)
        record(member=member, verb="leave_group", about=group, label=group.name)
        return was_coordinator and say_if_without_coordinator(group, but=member)


def add_member(*, member: Membership, group: Group, newcomer: Membership) -> GroupMembership:
    """Put somebody into a group; they are told. Raises NotYours, GroupClosed, AlreadyInGroup, HasLeft."""
    require_coordinator(member, group)
    with transaction.atomic():
        present = enter(group, newcomer)
        record(member=member, verb="add_member", about=group, label=group.name, newcomer=newcomer.pk)
        if newcomer != member:
            tell(
                members=[newcomer],
                title=gettext_lazy("Vous êtes dans « %(group)s »"),
                body=gettext_lazy(
                    "%(name)s vous a fait entrer dans ce groupe. Vous pouvez le quitter quand vous voulez."
                ),
                values={"name": member, "group": group.name},
                path=path_of(group),
            )
    return present


def remove_member(*, member: Membership, group: Group, leaver: Membership) -> bool:
    """Take somebody out of a group; return as `leave_group` does. Raises NotYours, NotInGroup."""
    require_coordinator(member, group)
    with transaction.atomic():
        was_coordinator = go(group, leaver)
        record(member=member, verb="remove_member", about=group, label=group.name, leaver=leaver.pk)
        return was_coordinator and say_if_without_coordinator(group, but=member)


def name_coordinator(*, member: Membership, group: Group, of: Membership, is_coordinator: bool = True) -> bool:
    """Let a member of the group coordinate it, or not any more; return whether nobody does now.

    Raises NotYours, NotInGroup, GroupClosed.
    """
    require_coordinator(member, group)
    if group.closed_on:
        raise GroupClosed
    with transaction.atomic():
        present = present_in(group, of)
        if present.is_coordinator == is_coordinator:
            return not has_coordinator(group)
        present.is_coordinator = is_coordinator
        present.save(update_fields=["is_coordinator"])
        record(
            member=member,
            verb="name_coordinator",
            about=group,
            label=group.name,
            of=of.pk,
            is_coordinator=is_coordinator,
        )
        if is_coordinator and of != member:
            tell(
                members=[of],
                title=gettext_lazy("Vous animez « %(group)s »"),
                body=gettext_lazy("%(name)s vous a confié l’animation de ce groupe."),
                values={"name": member, "group": group.name},
                path=path_of(group),
            )
        return say_if_without_coordinator(group, but=member)


def forget_person(*, person: Person) -> None:
    """Take a person who closes their account out of all groups; that they were there stays, without a name."""
    present = GroupMembership.objects.filter(member__person=person, left_on=None).select_related("group__cooperative")
    with transaction.atomic():
        coordinated = [each.group for each in present if each.is_coordinator]
        present.update(left_on=timezone.localdate(), is_coordinator=False)
        for group in coordinated:
            say_if_without_coordinator(group, but=None)
