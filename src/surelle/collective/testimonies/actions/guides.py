"""To write interview guides and consent texts: a new version each time, the former ones stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership

from ..models import Collection, ConsentText, GuideQuestion, InterviewGuide
from ..rules.anchoring import canonical
from ..rules.wording import CONSENT_EN, CONSENT_FR
from .refusals import NoQuestion, WordsNeeded, must_run


@dataclass(frozen=True)
class QuestionDraft:
    """A question as typed; `key` is that of the same question in the former version, None for a new one."""

    text: str
    help: str = ""
    key: UUID | None = None


@transaction.atomic
def save_guide(
    *,
    member: Membership | None,
    collection: Collection,
    questions: Sequence[QuestionDraft],
    introduction: str = "",
    note: str = "",
) -> InterviewGuide:
    """Write the next version of a collection's guide; answers stay tied to their question by its key.

    Raises NotYours, NoQuestion.
    """
    must_run(member, collection)
    asked = [question for question in questions if question.text.strip()]
    if not asked:
        raise NoQuestion
    latest = InterviewGuide.objects.filter(collection=collection).select_for_update().order_by("-version").first()
    guide = InterviewGuide.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        version=latest.version + 1 if latest else 1,
        introduction=canonical(introduction).strip(),
        note=note.strip()[:200],
        created_by=member,
    )
    known = set(
        GuideQuestion.objects.filter(guide__collection=collection).order_by().values_list("key", flat=True).distinct()
    )
    used: set[UUID] = set()
    rows = []
    for position, question in enumerate(asked, start=1):
        # A key that is not of this collection, or given twice, would tie answers to a question nobody asked.
        key = question.key if question.key in known and question.key not in used else uuid4()
        assert key is not None
        used.add(key)
        rows.append(
            GuideQuestion(
                cooperative_id=collection.cooperative_id,
                guide=guide,
                key=key,
                position=position,
                text=canonical(question.text).strip(),
                help=canonical(question.help).strip(),
            )
        )
    GuideQuestion.objects.bulk_create(rows)
    record(
        member=member,
        verb="save_guide",
        about=guide,
        label=collection.title,
        version=guide.version,
        questions=len(rows),
    )
    return guide


@transaction.atomic
def write_consent_text(*, member: Membership, body: str, body_en: str = "") -> ConsentText:
    """Write the next version of the words that people agree to; raises WordsNeeded on an empty one."""
    if not body.strip():
        raise WordsNeeded
    text = ConsentText.objects.create(
        cooperative_id=member.cooperative_id,
        version=present_consent_text(cooperative=member.cooperative).version + 1,
        body=canonical(body).strip(),
        body_en=canonical(body_en).strip(),
    )
    record(member=member, verb="write_consent_text", about=text, label=str(text))
    return text


@transaction.atomic
def present_consent_text(*, cooperative: Cooperative) -> ConsentText:
    """Return the consent text in use; a cooperative that wrote none starts with the house's own."""
    text = ConsentText.objects.filter(cooperative=cooperative).order_by("-version").first()
    if text is None:
        text, _made = ConsentText.objects.get_or_create(
            cooperative=cooperative, version=1, defaults={"body": CONSENT_FR, "body_en": CONSENT_EN}
        )
    return text
