"""The first pages: the door of the house, a member's home, and a page for each leaf."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from surelle.commons.members.access import MemberRequest, memberships_of

from .context import BRICKS


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the person's cooperative, or let them choose, or say that none expects them."""
    memberships = list(memberships_of(request.user))  # type: ignore[arg-type]
    if len(memberships) == 1:
        return redirect("home:home", memberships[0].cooperative.slug)
    return render(request, "home/start.html", {"memberships": memberships})


def home(request: MemberRequest) -> HttpResponse:
    """Show what waits for the member, what is new in their groups, and the three leaves."""
    return render(request, "home/home.html", {})


def brick(request: MemberRequest, brick: str) -> HttpResponse:
    """Show what a leaf holds today."""
    if brick not in BRICKS:
        raise Http404
    return render(request, "home/brick.html", {"brick": brick})
