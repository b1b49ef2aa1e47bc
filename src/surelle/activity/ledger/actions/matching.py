"""To match: say which lines of an account settle each other, and to take that back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import Line, MatchedLine, Matching
from ..rules import RefusedEntry, letters_after
from .posting import lock_chain


class UnmatchableLines(RefusedEntry):
    """Lines of several accounts or third parties, already matched, or that do not settle each other."""


@transaction.atomic
def match_lines(*, member: Membership | None, lines: Sequence[Line], matched_on: date) -> Matching:
    """Match lines of one account (and third party) whose debits equal their credits; raise UnmatchableLines."""
    if not lines:
        raise UnmatchableLines("nothing_to_match")
    lock_chain(lines[0].cooperative)
    if len({(line.account_id, line.auxiliary_id) for line in lines}) != 1 or len({line.pk for line in lines}) != len(
        lines
    ):
        raise UnmatchableLines("one_account")
    difference = sum(line.debit_cents - line.credit_cents for line in lines)
    if difference:
        raise UnmatchableLines("unsettled", difference=difference)
    if MatchedLine.objects.filter(line__in=lines, is_present=True).exists():
        raise UnmatchableLines("already_matched")
    account = lines[0].account
    # Longer letters come after shorter ones: AAA…ZZZ, AAAA…
    last = Matching.objects.filter(account=account).aggregate(last=Max("pk"))["last"]
    code = letters_after(Matching.objects.get(pk=last).code if last else "")
    matching = Matching.objects.create(
        cooperative=lines[0].cooperative, account=account, code=code, matched_on=matched_on, matched_by=member
    )
    MatchedLine.objects.bulk_create(
        [MatchedLine(cooperative=matching.cooperative, matching=matching, line=line) for line in lines]
    )
    record(member=member, verb="match_lines", about=matching, label=code)
    return matching


@transaction.atomic
def unmatch(*, member: Membership | None, matching: Matching) -> None:
    """Take a matching back: its lines are open again; its letters are never given to others."""
    matching.matched_lines.update(is_present=False)
    matching.undone_at = timezone.now()
    matching.save(update_fields=["undone_at"])
    record(member=member, verb="unmatch", about=matching, label=matching.code)
