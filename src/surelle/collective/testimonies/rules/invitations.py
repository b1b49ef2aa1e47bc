"""How long a link to answer lives, and when a silence is gently broken."""

from datetime import datetime, timedelta
from typing import Final

VALID: Final = timedelta(days=60)
FIRST_REMINDER: Final = timedelta(days=7)
NEXT_REMINDER: Final = timedelta(days=21)
REMINDERS_MAX: Final = 2


def is_due(sent_at: list[datetime], now: datetime) -> bool:
    """Say whether somebody who was written to at these instants, and did not answer, is to be reminded now."""
    if not sent_at or len(sent_at) > REMINDERS_MAX:
        return False
    wait = FIRST_REMINDER if len(sent_at) == 1 else NEXT_REMINDER
    return now - max(sent_at) >= wait
