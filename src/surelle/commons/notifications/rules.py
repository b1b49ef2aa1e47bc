"""When the digest of a member goes out."""

from datetime import datetime, timedelta

MORNING = 7  # o'clock, in the house's time: nobody is woken by a digest
ALMOST_A_WEEK = timedelta(days=6, hours=12)  # so that a Monday's digest does not slip to Tuesday by some minutes


def is_due(rhythm: str, sent_at: datetime | None, now: datetime) -> bool:
    """Say whether a digest of this rhythm is due at `now` (local time), the last one having gone out at `sent_at`.

    `at_once` is always due; `daily` once a day from seven in the morning on; `weekly` on the first such morning a week
    after the last; `never` never.
    """
    if rhythm == "at_once":
        return True
    if rhythm not in ("daily", "weekly") or now.hour < MORNING:
        return False
    if sent_at is None:
        return True
    if rhythm == "daily":
        return sent_at.astimezone(now.tzinfo).date() < now.date()
    return now - sent_at >= ALMOST_A_WEEK
