"""To archive a house and to bring it back: time, and memory that stays flat."""

import tempfile
from pathlib import Path

from .measuring import Bench

SIZES = {"rows": 20_000}


def run(bench: Bench, *, rows: int) -> None:
    """Measure a tenth of `rows` branches, then all of them, so that growth of memory would be seen."""
    from surelle.commons.cooperatives.models import Branch, Cooperative
    from surelle.commons.files.gateways import restore_backup, write_backup

    cooperative = Cooperative.objects.create(name="Mesure", slug="mesure")
    with tempfile.TemporaryDirectory() as folder:
        target, made = Path(folder) / "house.zip", 0
        for count in (rows // 10, rows):
            Branch.objects.bulk_create(
                (Branch(cooperative=cooperative, name=f"Lieu {n}", city="x" * 100) for n in range(made, count)),
                batch_size=1000,
            )
            made = count
            size = f"{count} rows"
            bench.measure("write a backup", lambda: write_backup(target), size=size, repeat=3, warm=False)
            bench.measure("restore it", lambda: restore_backup(target), size=size, repeat=3, warm=False)
