"""Digests in the background."""

from django_tasks import task

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative

from . import actions


@task()
def mail_at_once(cooperative_id: int, member_ids: list[int]) -> None:
    """Mail what is new to members who want it at once."""
    with scope([cooperative_id]):
        actions.send_digests(cooperative_id=cooperative_id, member_ids=member_ids)


@task()
def send_all_digests() -> dict[str, int]:
    """Mail every digest that is due, cooperative by cooperative; return how many went out and how many could not."""
    with scope(everything=True):
        cooperatives = list(Cooperative.objects.values_list("pk", flat=True))
    sent = failed = 0
    for cooperative_id in cooperatives:
        with scope([cooperative_id]):
            done = actions.send_digests(cooperative_id=cooperative_id)
        sent, failed = sent + done.sent, failed + done.failed
    return {"sent": sent, "failed": failed}
