"""Answering a guide by one's link: no account, on a phone, in several times."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from surelle.commons.cooperatives.access import scope
from surelle.commons.members.access import public_page
from surelle.web.limits import limited

from .. import actions
from ..access import invitation_by_secret
from ..actions import Refused
from ..actions.answering import FREE
from ..actions.guides import present_consent_text
from ..forms.answering import AgreementForm, AnswersForm, questions_of
from ..models import AnswerInvitation, ConsentText
from ..queries.answering import InvitationPage, invitation_page
from ..rules.states import State

View = Callable[..., HttpResponse]


def by_secret(view: View) -> View:
    """Find the invitation of the link, and let the view see its cooperative only."""

    @wraps(view)
    def found(request: HttpRequest, secret: str) -> HttpResponse:
        invitation = invitation_by_secret(secret)
        with scope([invitation.cooperative_id]):
            response = view(request, invitation, secret)
        # A link is a key: no cache keeps what it opens. (SECURE_REFERRER_POLICY tells other sites nothing.)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return found


def _forms(page: InvitationPage, data: Any = None) -> tuple[AnswersForm, AgreementForm]:
    questions = questions_of(page.questions, FREE)
    return AnswersForm(data, questions=questions, saved=page.invitation.saved), AgreementForm(data)


def _wording(text: ConsentText) -> str:
    return text.body_en if (get_language() or "fr").startswith("en") and text.body_en else text.body


@public_page
@limited("60/m", by="ip")
@require_safe
@by_secret
def answer(request: HttpRequest, invitation: AnswerInvitation, secret: str) -> HttpResponse:
    page = invitation_page(invitation)
    if page.testimony.state == State.WITHDRAWN:
        return render(request, "testimonies/answer_gone.html", {"page": page, "why": "withdrawn"})
    if invitation.submitted_at is not None:
        return redirect(reverse("voices:thanks", args=[secret]))
    if page.is_expired or page.collection.closed_on is not None:
        return render(request, "testimonies/answer_gone.html", {"page": page, "why": "expired"}, status=410)
    actions.open_invitation(invitation=invitation)
    answers, agreement = _forms(page)
    return _show(request, page, secret, answers, agreement)


def _show(
    request: HttpRequest,
    page: InvitationPage,
    secret: str,
    answers: AnswersForm,
    agreement: AgreementForm,
    status: int = 200,
) -> HttpResponse:
    text = present_consent_text(cooperative=page.collection.cooperative)
    return render(
        request,
        "testimonies/answer.html",
        {
            "page": page,
            "collection": page.collection,
            "answers": answers,
            "agreement": agreement,
            "secret": secret,
            "consent_text": text,
            "wording": _wording(text),
        },
        status=status,
    )


@public_page
@limited("120/m", by="ip")
@require_POST
@by_secret
def save(request: HttpRequest, invitation: AnswerInvitation, secret: str) -> HttpResponse:
    """Keep what was typed; htmx calls it as one types, and a button without script."""
    page = invitation_page(invitation)
    answers, _agreement = _forms(page, request.POST)
    is_htmx = bool(getattr(request, "htmx", False))
    try:
        if answers.is_valid():
            actions.save_answers(invitation=invitation, answers=answers.answers())
    except Refused as refusal:
        if is_htmx:
            return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refusal))
        return redirect(reverse("voices:answer", args=[secret]))
    if is_htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Enregistré. Vous pouvez revenir quand vous voulez par le même lien."))
    return redirect(reverse("voices:answer", args=[secret]))


@public_page
@limited("20/m", by="ip")
@require_POST
@by_secret
def submit(request: HttpRequest, invitation: AnswerInvitation, secret: str) -> HttpResponse:
    page = invitation_page(invitation)
    answers, agreement = _forms(page, request.POST)
    if not (answers.is_valid() and agreement.is_valid()):
        return _show(request, page, secret, answers, agreement, status=422)
    text = ConsentText.objects.filter(
        cooperative=invitation.cooperative_id, version=_version(request.POST.get("texte", ""))
    ).first()
    try:
        actions.submit_answers(
            invitation=invitation,
            answers=answers.answers(),
            channels=agreement.cleaned_data["channels"],
            is_anonymous=agreement.cleaned_data["anonymous"],
            tenure=agreement.cleaned_data["tenure"],
            consent_text=text,
        )
    except Refused as refusal:
        agreement.add_error(None, str(refusal))
        return _show(request, page, secret, answers, agreement, status=422)
    return redirect(reverse("voices:thanks", args=[secret]))


def _version(written: str) -> int:
    return int(written) if written.isdigit() and len(written) < 7 else 0


@public_page
@limited("60/m", by="ip")
@require_safe
@by_secret
def thanks(request: HttpRequest, invitation: AnswerInvitation, secret: str) -> HttpResponse:
    page = invitation_page(invitation)
    if page.testimony.state == State.WITHDRAWN:
        return redirect(reverse("voices:answer", args=[secret]))
    if invitation.submitted_at is None:
        return redirect(reverse("voices:answer", args=[secret]))
    return render(
        request, "testimonies/answer_thanks.html", {"page": page, "collection": page.collection, "secret": secret}
    )


@public_page
@limited("20/m", by="ip")
@require_POST
@by_secret
def withdraw(request: HttpRequest, invitation: AnswerInvitation, secret: str) -> HttpResponse:
    page = invitation_page(invitation)
    if page.testimony.state != State.WITHDRAWN:
        actions.withdraw_testimony(member=None, testimony=page.testimony, by="link")
    return redirect(reverse("voices:answer", args=[secret]))
