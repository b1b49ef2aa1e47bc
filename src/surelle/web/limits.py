"""How often a door may be knocked at: a sliding window on Django's cache, the same on every web process."""

import hashlib
import ipaddress
import math
import time
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Literal, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
By = Literal["ip", "person", "both"]
View = TypeVar("View", bound=Callable[..., Any])


def parse_rate(rate: str) -> tuple[int, int]:
    """Return how many times in how many seconds: `"20/m"` is (20, 60), `"5/10m"` is (5, 600)."""
    amount, _, period = rate.partition("/")
    if not period or period[-1] not in SECONDS:
        raise ValueError(f"a rate is written 20/m or 5/10m, not {rate}")
    return int(amount), int(period[:-1] or 1) * SECONDS[period[-1]]


def client_network(request: HttpRequest) -> str:
    """Return the address that knocks; of IPv6 the /64, since one household has as many addresses as it likes.

    Behind trusted proxies (settings.ALLAUTH_TRUSTED_PROXY_COUNT) the header that they set is believed, and nothing that
    the client wrote in front of it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        address = forwarded[-proxies].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def knockers(request: HttpRequest, by: By) -> Iterator[str]:
    """Yield whom a knock is counted for; a person who is not signed in counts by address."""
    user = getattr(request, "user", None)
    person = f"person:{user.pk}" if user is not None and user.is_authenticated else None
    if by in ("person", "both") and person:
        yield person
    if by in ("ip", "both") or not person:
        yield f"ip:{client_network(request)}"


def wait_before(door: str, knocker: str, amount: int, seconds: int) -> int:
    """Count one knock, and return 0, or the seconds to wait if `amount` knocks lie within the last `seconds`.

    Each knock takes one of `amount` slots for `seconds`. `cache.add` lets only one request have a slot, so two that
    come at the same moment are both counted, whatever the cache.
    """
    key = hashlib.sha256(f"{door}|{knocker}|{amount}/{seconds}".encode()).hexdigest()[:40]
    slots = [f"limit:{key}:{number}" for number in range(amount)]
    now = time.time()
    taken = cache.get_many(slots)
    for slot in slots:
        if slot not in taken and cache.add(slot, now + seconds, seconds):
            return 0
    return max(1, math.ceil(min(taken.values(), default=now + seconds) - now))


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 429, and say in how many seconds to come back."""
    response = render(request, "429.html", {"wait_seconds": wait, "wait_minutes": math.ceil(wait / 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def limited(rate: str, *, by: By = "both", methods: frozenset[str] | None = None) -> Callable[[View], View]:
    """Let a view be called `rate` times (`"20/m"`) by each address, each person, or both; further calls get 429.

    `methods` counts only these (`frozenset({"POST"})`). Decorators may be stacked: all of their limits hold.
    """
    amount, seconds = parse_rate(rate)

    def decorate(view: View) -> View:
        door = f"{view.__module__}.{view.__qualname__}"

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if methods is None or request.method in methods:
                for knocker in knockers(request, by):
                    if wait := wait_before(door, knocker, amount, seconds):
                        return too_many(request, wait)
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
