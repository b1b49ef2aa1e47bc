"""The first pages: the door of the house, a member's home, and a page for each leaf."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from surelle.commons.members.access import MemberRequest, memberships_of

from . import queries
from .context import BRICKS

EVENING = 18


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the person's cooperative, or let them choose, or say that none expects them."""
    memberships = list(memberships_of(request.user))  # type: ignore[arg-type]
    if len(memberships) == 1:
        return redirect("home:home", memberships[0].cooperative.slug)
    return render(request, "home/start.html", {"memberships": memberships})


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """Show what waits for the member, what is new in their groups, and the three leaves."""
    name = {"name": request.member.person.first_name}
    greeting = _("Bonsoir %(name)s") if timezone.localtime().hour >= EVENING else _("Bonjour %(name)s")
    return render(request, "home/home.html", {"first": queries.first_page(request.member), "greeting": greeting % name})


@require_safe
def brick(request: MemberRequest, brick: str) -> HttpResponse:
    """Show what a leaf holds today."""
    if brick not in BRICKS:
        raise Http404
    context = {"told": queries.collective_page(request.member)} if brick == "collectif" else {}
    return render(request, f"home/{brick}.html", context)
