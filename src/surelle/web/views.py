"""The style guide, and the reader's choice of light or dark."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import samples

THEMES = {"auto", "light", "dark"}
THEME_COOKIE = "surelle_theme"
YEAR = 365 * 24 * 3600


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who make pages and for those who look at them."""
    return render(request, "web/styleguide.html", samples.everything(request))


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice in a cookie, and return where they were."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = settings.FORCE_SCRIPT_NAME or "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response
