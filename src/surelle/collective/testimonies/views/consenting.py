"""Consents of one testimony, and what they open: publish, close, withdraw."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from surelle.commons.members.access import MemberRequest

from .. import actions
from ..access import can_run, visible_testimony
from ..actions import Refused
from ..actions.keeping import Upload
from ..forms.testimonies import ChannelForm, ConsentForm, PublishForm
from ..rules.states import State
from .collections import address
from .reading import run_testimony
from .replying import act, say_errors


@require_POST
def record(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    form = ConsentForm(request.POST, request.FILES)
    to = address(request, "testimony", pk) + "#accords"
    if not form.is_valid():
        say_errors(request, form)
        return redirect(to)
    given = form.cleaned_data
    file = given["proof_file"]
    try:
        actions.record_consent(
            member=request.member,
            testimony=found,
            channels=given["channels"],
            proof=given["proof"],
            proof_note=given["proof_note"],
            proof_upload=Upload(file.name, file, file.content_type or "") if file else None,
            given_on=given["given_on"],
            expires_on=given["expires_on"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("L’accord est noté. Vous pouvez maintenant publier aussi loin qu’il le permet."))
    return redirect(to)


@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    form = ChannelForm(request.POST)
    if not form.is_valid():
        raise Http404
    return act(
        request,
        lambda: actions.end_consent(member=request.member, testimony=found, channel=form.cleaned_data["channel"]),
        said=_("L’accord est terminé ; ce qu’il ouvrait est refermé."),
        to=address(request, "testimony", pk) + "#accords",
    )


@require_POST
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise Http404
    return act(
        request,
        lambda: actions.publish_testimony(
            member=request.member, testimony=found, audience=form.cleaned_data["audience"]
        ),
        said=_("C’est publié."),
        to=address(request, "testimony", pk),
        undo=address(request, "unpublish", pk) if found.state != State.PUBLISHED else "",
    )


@require_POST
def unpublish(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    return act(
        request,
        lambda: actions.unpublish_testimony(member=request.member, testimony=found),
        said=_("Ce n’est plus publié : seule l’équipe le lit."),
        to=address(request, "testimony", pk),
    )


@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    found = visible_testimony(request.member, pk)
    is_mine = found.author_id == request.member.pk
    runs = can_run(request.member, found.collection)
    if not (is_mine or runs) or found.state == State.WITHDRAWN:
        raise Http404
    return act(
        request,
        lambda: actions.withdraw_testimony(
            member=request.member, testimony=found, by="author" if is_mine else "coordinator"
        ),
        said=_("Ces paroles sont retirées partout. Il n’en reste que le fait."),
        to=address(request, "mine") if is_mine and not runs else address(request, "collection", found.collection.slug),
    )
