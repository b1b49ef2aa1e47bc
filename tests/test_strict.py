"""The strict bench is itself held to account: each silent mistake really fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import Client, override_settings
from django.urls import path

from surelle.commons.members.models import Membership

from . import strict
from .pages import inline_code_in
from .world import World

OURS = Origin(str(strict.SOURCE / "web" / "templates" / "probe.html"))
THEIRS = Origin("/elsewhere/package/templates/probe.html")


@pytest.fixture
def expecting_a_refusal() -> Iterator[None]:
    yield
    strict._met.clear()


def render(source: str, origin: Origin = OURS, **context: object) -> str:
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"}, builtins=["django.templatetags.i18n"])
    return Template(source, origin=origin, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ absent }}",
        "{{ there.absent }}",
        "{{ absent|upper }}",
        "{% if absent %}x{% endif %}",
        "{% if absent == 1 or there %}x{% endif %}",
        "{% for x in absent %}x{% endfor %}",
        "{% with x=absent %}x{% endwith %}",
        "{% blocktranslate %}Bonjour {{ absent }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_fails(source: str, expecting_a_refusal: None) -> None:
    with pytest.raises(strict.Undefined, match="absent"):
        render(source, there={})
    assert strict._met


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ absent|default:'—' }}", "—"),
        ("{% if absent|default:'' %}x{% endif %}", ""),
        ("{{ empty }}", "None"),
        ("{% blocktranslate count n=2 %}{{ n }} voix{% plural %}{{ n }} voix{% endblocktranslate %}", "2 voix"),
        ("{% blocktranslate with n=1 %}{{ n }} voix{% endblocktranslate %}", "1 voix"),
    ],
)
def test_what_may_be_missing_is_said(source: str, shown: str) -> None:
    assert render(source, empty=None) == shown


def test_templates_of_packages_are_exempt() -> None:
    assert render("{{ absent }}{% if absent %}x{% endif %}", THEIRS) == ""


@pytest.mark.parametrize(
    "page",
    [
        "<p>x</p><script>alert(1)</script>",
        "<html><head><style>p{}</style></head></html>",
        '<p style="color:red">',
        '<button onclick="go()">',
        '<a href=" JavaScript:go()">',
        '<svg><path style="fill:red"/></svg>',
    ],
)
def test_inline_code_is_found(page: str) -> None:
    assert inline_code_in(page)


def test_outward_code_and_data_are_fine() -> None:
    fine = '<script src="/a.js"></script><script type="application/json">{}</script><a href="#" data-on="x">x</a>'
    assert inline_code_in(f"<!doctype html><html><body>{fine}</body></html>") == []
    assert inline_code_in("") == []


def inline_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<p style="color:red">x</p>')


def streamed_members(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield str(Membership.objects.count())

    return StreamingHttpResponse(lines(), content_type="text/plain")


urlpatterns = [path("inline/", inline_page), path("streamed/", streamed_members)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_client_refuses_inline_code(db: None) -> None:
    with pytest.raises(pytest.fail.Exception, match="inline code"):  # type: ignore[attr-defined]
        Client().get("/inline/")


@override_settings(ROOT_URLCONF=__name__)
def test_a_stream_is_read_outside_of_the_test_s_scope(world: World) -> None:
    from django.db import connection

    count = int(b"".join(Client().get("/streamed/").streaming_content))
    assert count == (0 if connection.vendor == "postgresql" else Membership.objects.count())


def test_a_naive_datetime_fails(world: World) -> None:
    from datetime import datetime

    from surelle.commons.members.tests.factories import InvitationFactory

    with pytest.raises(RuntimeWarning, match="naive"):
        InvitationFactory(invited_by=world.dora, sent_at=datetime(2025, 1, 1))  # noqa: DTZ001


def test_an_unordered_list_cut_into_pages_fails(db: None) -> None:
    from django.core.paginator import Paginator, UnorderedObjectListWarning

    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Membership.objects.order_by(), 10).page(1)


def test_one_query_per_row_fails(world: World, same_queries: object) -> None:
    from surelle.commons.members.tests.factories import MembershipFactory

    def add(count: int) -> None:
        MembershipFactory.create_batch(count, cooperative=world.cooperative)

    same_queries(add, lambda: list(Membership.objects.select_related("person")))  # type: ignore[operator]
    with pytest.raises(pytest.fail.Exception, match="SELECT"):  # type: ignore[attr-defined]
        same_queries(add, lambda: [m.person.email for m in Membership.objects.all()])  # type: ignore[operator]


def test_our_templates_are_known_by_their_place() -> None:
    assert strict.is_ours(OURS)
    assert not strict.is_ours(THEIRS)
    assert (Path(__file__).parents[1] / "src" / "surelle").samefile(strict.SOURCE)
