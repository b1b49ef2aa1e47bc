"""Messages about people: the invitation."""

from smtplib import SMTPException
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .models import Invitation


class InvitationNotSent(Exception):
    """The invitation is stored, but its mail would not go."""

    def __str__(self) -> str:
        return _(
            "L’invitation est prête, mais le courriel n’est pas parti. "
            "Réessayez dans quelques minutes avec « Renvoyer », dans la liste des invitations."
        )


def send_invitation(invitation: Invitation, secret: str) -> None:
    """Send the link in the language chosen for the invited person. Raises InvitationNotSent."""
    with translation.override(invitation.language):
        path = reverse("person:accept_invitation", args=[secret])
        text = render_to_string(
            "members/email/invitation.txt",
            {
                "invitation": invitation,
                "cooperative": invitation.cooperative,
                "inviter": invitation.invited_by.person.full_name,
                "link": urljoin(settings.PUBLIC_URL + "/", path.lstrip("/")),
                "last_day": timezone.localtime(invitation.expires_at).date(),
            },
        )
        subject = _("%(cooperative)s vous invite dans Surelle") % {"cooperative": invitation.cooperative.name}
    try:
        send_mail(subject.replace("\n", " "), text, None, [invitation.email])
    except (SMTPException, OSError) as error:
        raise InvitationNotSent from error
