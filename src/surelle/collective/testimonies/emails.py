"""The mails that ask somebody to speak."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import AnswerInvitation


def invitation_mail(invitation: AnswerInvitation, secret: str) -> EmailMultiAlternatives:
    """Return the mail that holds the link; the secret is nowhere else."""
    return _mail(invitation, secret, "testimonies/mail/invitation.txt", is_reminder=False)


def reminder_mail(invitation: AnswerInvitation, secret: str) -> EmailMultiAlternatives:
    """Return the mail that reminds somebody, with a link of its own; the former links stay good."""
    return _mail(invitation, secret, "testimonies/mail/invitation.txt", is_reminder=True)


def _mail(invitation: AnswerInvitation, secret: str, template: str, *, is_reminder: bool) -> EmailMultiAlternatives:
    testimony = invitation.testimony
    collection = testimony.collection
    author = testimony.author
    language = author.person.language if author else settings.LANGUAGE_CODE
    with translation.override(language):
        subject = (
            _("Rappel : votre voix manque à « %(title)s »") if is_reminder else _("Votre voix pour « %(title)s »")
        ) % {"title": collection.title}
        body = render_to_string(
            template,
            {
                "name": testimony.author_name,
                "collection": collection,
                "inviting": invitation.invited_by.person.full_name,
                "url": settings.PUBLIC_URL.rstrip("/") + reverse("voices:answer", args=[secret]),
                "expires_on": invitation.expires_at,
                "is_reminder": is_reminder,
            },
        )
    return EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body,
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
