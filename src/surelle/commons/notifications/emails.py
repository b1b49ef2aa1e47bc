"""The digest as a mail."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surelle.commons.members.models import Membership

from .models import Notification


def address_of(path: str) -> str:
    """Return the full address of a path of this site."""
    return settings.PUBLIC_URL.rstrip("/") + path


def digest_mail(member: Membership, notifications: Sequence[Notification]) -> EmailMultiAlternatives:
    """Return one mail with everything in `notifications`, in the member's language, as text and as HTML."""
    with translation.override(member.person.language):
        slug = member.cooperative.slug
        rhythm_url = address_of(reverse("notifications:list", args=[slug]) + "#rythme")
        count = len(notifications)
        subject = (
            notifications[0].title
            if count == 1
            else ngettext("%(count)s nouvelle de %(cooperative)s", "%(count)s nouvelles de %(cooperative)s", count)
            % {"count": count, "cooperative": member.cooperative.name}
        )
        context = {
            "member": member,
            "cooperative": member.cooperative,
            "subject": subject,
            "rhythm_url": rhythm_url,
            "home_url": address_of(reverse("home:home", args=[slug])),
            "lines": [
                {
                    "title": told.title,
                    "body": told.body,
                    "asks_for_act": told.asks_for_act,
                    "url": address_of(reverse("notifications:open", args=[slug, told.pk])),
                }
                for told in notifications
            ],
        }
        mail = EmailMultiAlternatives(
            subject=_one_line(subject),
            body=render_to_string("mail/digest.txt", context),
            to=[member.person.email],
            headers={"List-Unsubscribe": f"<{rhythm_url}>", "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return mail


def _one_line(subject: str) -> str:
    """Return a subject without line breaks, which a header refuses."""
    return " ".join(subject.split()) or _("Des nouvelles")
