"""What somebody sees behind their link."""

from dataclasses import dataclass

from django.utils import timezone

from ..models import AnswerInvitation, Collection, Consent, GuideQuestion, InterviewGuide, Testimony


@dataclass(frozen=True)
class InvitationPage:
    """The invitation with its collection, guide and testimony; `agreed` are the channels consented to so far."""

    invitation: AnswerInvitation
    testimony: Testimony
    collection: Collection
    introduction: str
    questions: list[GuideQuestion]
    inviting: str
    is_own_wish: bool
    is_expired: bool
    agreed: list[str]


def invitation_page(invitation: AnswerInvitation) -> InvitationPage:
    """Return what the page of an invitation shows."""
    testimony = Testimony.objects.select_related("collection__cooperative", "collection__group").get(
        pk=invitation.testimony_id
    )
    guide = InterviewGuide.objects.filter(collection=testimony.collection_id).order_by("-version").first()
    agreed = Consent.objects.filter(testimony=testimony, ended_at=None).order_by("pk")
    return InvitationPage(
        invitation=invitation,
        testimony=testimony,
        collection=testimony.collection,
        introduction=guide.introduction if guide else "",
        questions=list(GuideQuestion.objects.filter(guide=guide).order_by("position")) if guide else [],
        inviting=invitation.invited_by.person.full_name,
        is_own_wish=testimony.author_id == invitation.invited_by_id,
        is_expired=invitation.expires_at < timezone.now(),
        agreed=[str(consent.get_channel_display()) for consent in agreed],
    )
