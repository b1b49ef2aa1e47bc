"""The demo is played over four years: for each scene the clock stands on its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

_now = timezone.now


@contextmanager
def days_ago(days: float, hour: int = 10) -> Iterator[datetime]:
    """Let `timezone.now()` say that it is `days` before today at `hour`, for the time of the block.

    For the loader of the demo alone, which is the only thread of its process.
    """
    then = timezone.localtime(_now()).replace(hour=hour, minute=20, second=0, microsecond=0) - timedelta(days=days)
    then = min(then, timezone.localtime(_now()))
    timezone.now = lambda: then
    try:
        yield then
    finally:
        timezone.now = _now
