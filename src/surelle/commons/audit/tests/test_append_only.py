"""The trail takes what is written, and lets nothing be changed or taken away."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from surelle.commons.audit.actions import record
from surelle.commons.audit.models import AuditEvent
from surelle.commons.cooperatives.access import restoring
from tests.world import World


def write(world: World) -> AuditEvent:
    return record(member=world.dora, verb="grant_role", about=world.bob, role="accountant")


@pytest.mark.django_db
def test_nothing_is_changed(world: World) -> None:
    event = write(world)
    event.verb = "revoke_role"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET verb = 'nothing'")
    event.refresh_from_db()
    assert event.verb == "grant_role"


@pytest.mark.django_db
def test_nothing_is_taken_away(world: World) -> None:
    event = write(world)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")
    assert AuditEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db
def test_a_restore_may_empty_it_but_not_change_it_and_only_while_it_lasts(world: World) -> None:
    write(world)
    with pytest.raises(DatabaseError, match="append-only"), restoring():
        AuditEvent.objects.update(verb="nothing")
    with restoring():
        AuditEvent.objects.all().delete()
    assert not AuditEvent.objects.exists()
    event = write(world)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


@pytest.mark.django_db
def test_the_permission_does_not_survive_a_failure(world: World) -> None:
    event = write(world)
    with pytest.raises(ZeroDivisionError), restoring():
        raise ZeroDivisionError
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_flush_empties_it_too(world: World) -> None:
    write(world)
    call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.aggregate(highest=Max("pk")) == {"highest": None}
