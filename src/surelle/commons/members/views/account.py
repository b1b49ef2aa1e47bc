"""One's own account."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from surelle.web.limits import limited

from ..access import memberships_of, public_page
from ..actions import Refused, choose_language, close_account, edit_own_profile
from ..documents import personal_archive
from ..forms import ProfileForm
from ..models import Person
from ..queries import account_page, personal_subjects


class PersonRequest(HttpRequest):
    """A request of somebody signed in, on a page of no cooperative."""

    user: Person


@login_required
@require_safe
def account(request: PersonRequest) -> HttpResponse:
    """Show one's profile, how one signs in, and what one may do with one's data."""
    return render(request, "members/account.html", {"shown": account_page(person=request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Change one's names, language and trade."""
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        person=request.user,
        memberships=list(memberships_of(request.user)),
    )
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "language")}
        edit_own_profile(person=request.user, trades=form.trades(), **chosen)
        messages.success(request, _("Profil enregistré."))
        return redirect("person:account")
    return render(request, "members/profile.html", {"form": form})


@login_required
@require_safe
@limited("30/m", by="person")
def known(request: PersonRequest) -> HttpResponse:
    """Show what Surelle knows of oneself, subject by subject."""
    return render(request, "members/known.html", {"subjects": personal_subjects(person=request.user)})


@login_required
@require_safe
@limited("5/h", by="person")
@reauthentication_required
def export(request: PersonRequest) -> StreamingHttpResponse:
    """Hand over everything that Surelle knows of oneself, as a zip."""
    pieces = personal_archive(personal_subjects(person=request.user), name=request.user.full_name)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"{_('mes-donnees-surelle')}-{timezone.localdate().isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("10/h", by="person", methods=frozenset({"POST"}))
@reauthentication_required
def close(request: PersonRequest) -> HttpResponse:
    """Close one's account for good, after having shown again who one is."""
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            messages.error(request, _("Cochez la case pour confirmer."))
            return redirect("person:close")
        try:
            close_account(person=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("person:close")
        logout(request)
        return redirect("person:closed")
    return render(request, "members/close.html", {"memberships": list(memberships_of(request.user))})


@public_page
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "members/closed.html")


@public_page
@limited("60/m", by="ip")
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages: for this browser, and for the person who is signed in everywhere."""
    chosen = request.POST.get("language", "")
    if request.method == "POST" and isinstance(request.user, Person) and chosen in dict(settings.LANGUAGES):
        choose_language(person=request.user, language=chosen)
    return set_language(request)
