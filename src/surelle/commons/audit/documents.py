"""The trail as a sheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from .queries import Act

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def trail_as_csv(batches: Iterable[list[Act]]) -> Iterator[bytes]:
    """Return the pieces of the trail as CSV, in UTF-8 with a byte-order mark; instants in the cooperative's clock."""
    headings = [_("Quand"), _("Qui"), _("Quoi"), _("Sur"), _("Nom"), _("Précisions")]
    yield "\ufeff".encode() + lines([headings])
    for acts in batches:
        yield lines(
            [
                timezone.localtime(act.at).isoformat(sep=" ", timespec="seconds"),
                act.who,
                act.sentence,
                f"{act.kind_name} {act.object_id or ''}".strip(),
                act.label,
                _(" ; ").join(f"{name}{_(' : ')}{value}" for name, value in act.facts),
            ]
            for act in acts
        )


def lines(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    # A cell that begins like a formula would be run by a spreadsheet.
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in row] for row in rows)
    return text.getvalue().encode()
