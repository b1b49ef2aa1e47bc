"""How a work is measured: its time over repetitions, its queries, the most memory it held."""

import math
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
CLEAR_PEAK = Path("/proc/self/clear_refs")
STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Row:
    """One line of the table. Times in seconds for one repetition; memory in MiB; `queries` of one repetition."""

    work: str
    size: str
    backend: str
    median_s: float
    p95_s: float
    queries: int
    peak_rss_mb: float


def forget_peak() -> bool:
    """Ask Linux to start the peak of this process's memory anew; False where that cannot be asked."""
    try:
        CLEAR_PEAK.write_text("5")
    except OSError:
        return False
    return True


def peak_rss() -> int:
    """Return the peak of this process's memory in bytes, since it was forgotten or since the process began."""
    try:
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def percentile(times: list[float], share: float) -> float:
    """Return the time that `share` of the repetitions did not exceed."""
    ordered = sorted(times)
    return ordered[math.ceil(share * len(ordered)) - 1]


class Bench:
    """Collects the rows of one bench on one backend."""

    def __init__(self, backend: str) -> None:
        self.backend = backend
        self.rows: list[Row] = []

    def measure(
        self,
        work: str,
        act: Callable[..., Any],
        *,
        size: str = "",
        repeat: int = 5,
        per: int = 1,
        prepare: Callable[[], Any] | None = None,
        warm: bool = True,
        count_queries: bool = True,
    ) -> Row:
        """Run `act` `repeat` times and write down a row.

        `prepare` is called before each repetition, outside of the time; what it returns is handed to `act`. `per`
        divides the times: the number of documents of a batch, for a time per document. One further repetition,
        not timed, counts the queries, and one before warms up (`warm`), unless the work can be done only once.
        The peak of memory is of the timed repetitions; where the system cannot tell it apart, of the process so far.
        """
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def once() -> float:
            given = () if prepare is None else (prepare(),)
            began = time.perf_counter()
            act(*given)
            return time.perf_counter() - began

        if warm:
            once()
        forget_peak()
        times = [once() / per for _ in range(repeat)]
        peak = peak_rss()
        queries = 0
        if count_queries:
            given = () if prepare is None else (prepare(),)
            with CaptureQueriesContext(connection) as captured:
                act(*given)
            queries = len(captured)
        row = Row(
            work=work,
            size=size,
            backend=self.backend,
            median_s=statistics.median(times),
            p95_s=percentile(times, 0.95),
            queries=queries,
            peak_rss_mb=round(peak / MIB, 1),
        )
        self.rows.append(row)
        print(f"  {self.backend} · {work} {size}: {row.median_s * 1000:.2f} ms", file=sys.stderr, flush=True)
        return row

    def as_plain(self) -> list[dict[str, Any]]:
        return [asdict(row) for row in self.rows]
