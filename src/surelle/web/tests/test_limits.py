"""How often a door may be knocked at."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from surelle.web import limits
from surelle.web.limits import client_network, limited, parse_rate, wait_before


def knock(view: Any, *, ip: str = "192.0.2.1", person: int | None = None, method: str = "get") -> HttpResponse:
    request = getattr(RequestFactory(), method)("/", REMOTE_ADDR=ip)
    request.user = SimpleNamespace(is_authenticated=person is not None, pk=person)
    return view(request)


def door(rate: str, **options: Any) -> Any:
    @limited(rate, **options)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("entrez")

    return view


@pytest.mark.parametrize(
    ("rate", "parsed"),
    [("20/m", (20, 60)), ("5/10m", (5, 600)), ("1/s", (1, 1)), ("3/2h", (3, 7200)), ("9/d", (9, 86400))],
)
def test_rates(rate: str, parsed: tuple[int, int]) -> None:
    assert parse_rate(rate) == parsed


@pytest.mark.parametrize("rate", ["20", "20/", "20/month", "m/20"])
def test_a_rate_that_says_nothing_is_refused_at_start(rate: str) -> None:
    with pytest.raises(ValueError):
        parse_rate(rate)


def test_the_one_too_many_gets_429_with_a_sentence_and_the_time_to_wait() -> None:
    view = door("2/m", by="ip")
    assert [knock(view).status_code for _ in range(3)] == [200, 200, 429]
    refused = knock(view)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Un peu trop vite" in refused.content.decode()


def test_another_address_and_another_door_are_not_concerned() -> None:
    view = door("1/m", by="ip")
    knock(view)
    assert knock(view, ip="192.0.2.2").status_code == 200


def test_a_person_is_counted_wherever_they_are_and_apart_from_the_neighbours() -> None:
    view = door("1/m", by="person")
    assert knock(view, person=1).status_code == 200
    assert knock(view, person=1, ip="192.0.2.9").status_code == 429
    assert knock(view, person=2).status_code == 200


def test_who_is_not_signed_in_is_counted_by_address() -> None:
    view = door("1/m", by="person")
    assert [knock(view).status_code for _ in range(2)] == [200, 429]


def test_both_counts_each() -> None:
    view = door("1/m", by="both")
    assert knock(view, person=1).status_code == 200
    assert knock(view, person=2).status_code == 429
    assert knock(view, person=1, ip="192.0.2.9").status_code == 429


def test_only_the_methods_named_are_counted() -> None:
    view = door("1/m", by="ip", methods=frozenset({"POST"}))
    assert [knock(view).status_code for _ in range(3)] == [200] * 3
    assert [knock(view, method="post").status_code for _ in range(2)] == [200, 429]


def test_the_window_slides() -> None:
    with patch.object(limits.time, "time") as clock, patch("django.core.cache.backends.locmem.time.time", clock):
        clock.return_value = 1000.0
        assert wait_before("door", "x", 2, 60) == 0
        clock.return_value = 1050.0
        assert wait_before("door", "x", 2, 60) == 0
        assert wait_before("door", "x", 2, 60) == 10
        clock.return_value = 1061.0
        assert wait_before("door", "x", 2, 60) == 0
        assert wait_before("door", "x", 2, 60) == 49


def test_those_who_come_at_the_same_moment_are_all_counted() -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: wait_before("door", "crowd", 10, 60), range(40)))
    assert waits.count(0) == 10


def test_a_house_with_many_addresses_of_ipv6_is_one_house() -> None:
    view = door("1/m", by="ip")
    assert knock(view, ip="2001:db8:1:2::1").status_code == 200
    assert knock(view, ip="2001:db8:1:2::ffff").status_code == 429
    assert knock(view, ip="2001:db8:1:3::1").status_code == 200


def test_only_what_our_own_proxy_wrote_is_believed(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert client_network(request) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_network(request) == "198.51.100.7"


def test_no_address_is_written_in_the_cache() -> None:
    knock(door("1/m", by="ip"))
    assert cache._cache  # type: ignore[attr-defined]
    assert not any("192.0.2.1" in key for key in cache._cache)  # type: ignore[attr-defined]


def test_a_limited_public_page_stays_public() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    view.is_public = True  # type: ignore[attr-defined]
    assert limited("1/m")(view).is_public  # type: ignore[attr-defined]
