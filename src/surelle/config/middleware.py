"""Who asks, in which cooperative, and what the database may show them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.access import member_of, memberships_of

Next = Callable[[HttpRequest], HttpResponse]
SIGN_IN_DOOR = "/compte/"


class ScopeMiddleware:
    """Give each request its scope: the cooperative in its address, or those of the signed-in person.

    Public pages (sign-in, links by mail) have no person yet: they see the cooperative of their address, or, when the
    address names none, everything; their views fetch one row by a secret.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            match = resolve(request.path_info)
            slug, is_public = match.kwargs.get("cooperative"), getattr(match.func, "is_public", False)
        except Resolver404:
            slug, is_public = None, False
        if request.path_info.startswith(SIGN_IN_DOOR) or (is_public and slug is None):
            with scope(everything=True):
                return self.get_response(request)
        person = int(request.session[SESSION_KEY]) if SESSION_KEY in request.session else None
        if is_public:
            with scope(Cooperative.objects.filter(slug=slug).values_list("pk", flat=True), person=person):
                return self.get_response(request)
        with scope(person=person):
            memberships = list(memberships_of(person)) if person else []
        # The shell of the page lists them too: one reading serves both.
        request.memberships = memberships  # type: ignore[attr-defined]
        here = [m.cooperative_id for m in memberships if slug in (None, m.cooperative.slug)]
        with scope(here, person=person):
            return self.get_response(request)


class LanguageMiddleware:
    """Speak the language that the signed-in person chose; for others LocaleMiddleware has read cookie and browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class MemberMiddleware:
    """Before a page of a cooperative: find the reader's membership, or sign-in, or 404. Views get `request.member`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        request.member = None  # type: ignore[attr-defined]
        if "cooperative" not in kwargs or getattr(view, "is_public", False):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.member = member_of(request.user, kwargs.pop("cooperative"))  # type: ignore[attr-defined]
        return None


class PermissionsPolicyMiddleware:
    """Say that no page uses the camera, the microphone or the place of the reader."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
        )
        return response
