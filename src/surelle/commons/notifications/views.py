"""Pages of what a member was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from surelle.commons.members.access import MemberRequest

from . import actions, queries
from .access import own_notification
from .forms import RhythmForm


def notifications(request: MemberRequest) -> HttpResponse:
    """Show what the member was told, and let them choose the rhythm of mail."""
    told = queries.notifications_page(request.member, request.GET.get("voir", ""), request.GET.get("page", 1))
    form = RhythmForm(initial={"rhythm": told.rhythm})
    return render(request, "notifications/list.html", {"told": told, "form": form})


def open_notification(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that it was read, and lead to what it tells of."""
    notification = own_notification(request.member, pk)
    actions.mark_read(member=request.member, notification=notification)
    return redirect(notification.path)


@require_POST
def keep_for_later(request: MemberRequest, pk: int) -> HttpResponse:
    """Put it back among what is new, or note it as read: the button says which."""
    notification = own_notification(request.member, pk)
    mark = actions.mark_read if notification.read_at is None else actions.mark_unread
    mark(member=request.member, notification=notification)
    return redirect(back_to(request))


@require_POST
def mark_all_read(request: MemberRequest) -> HttpResponse:
    """Note everything as read."""
    count = actions.mark_all_read(member=request.member)
    messages.success(
        request,
        ngettext("%(count)s nouvelle marquée comme lue.", "%(count)s nouvelles marquées comme lues.", count)
        % {"count": count},
    )
    return redirect(back_to(request))


@require_POST
def choose_rhythm(request: MemberRequest) -> HttpResponse:
    """Keep the rhythm that the member chose."""
    form = RhythmForm(request.POST)
    if form.is_valid():
        actions.choose_rhythm(member=request.member, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("C’est noté : votre rythme est enregistré."))
        return redirect(back_to(request))
    told = queries.notifications_page(request.member, "", 1)
    return render(request, "notifications/list.html", {"told": told, "form": form}, status=400)


def back_to(request: HttpRequest) -> str:
    """Return the address of the page with all notifications, as the member filtered it."""
    address = reverse("notifications:list", args=[request.member.cooperative.slug])  # type: ignore[attr-defined]
    shown = request.POST.get("voir", "")
    return f"{address}?voir={shown}" if shown in queries.FILTERS else address
