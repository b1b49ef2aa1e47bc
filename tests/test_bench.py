"""The measuring itself: what a row says, and that every bench can be asked. Times are never tested."""

import time

import pytest

from bench.__main__ import arguments_of, as_table, bench_names
from bench.measuring import Bench, forget_peak, peak_rss, percentile
from surelle.commons.cooperatives.models import Cooperative


@pytest.mark.django_db
def test_a_row_says_time_queries_and_memory() -> None:
    bench = Bench("sqlite")
    given = []
    row = bench.measure(
        "count",
        lambda n: (given.append(n), Cooperative.objects.count()),
        size="1",
        repeat=3,
        prepare=lambda: len(given),
    )
    assert given == [0, 1, 2, 3, 4]  # one to warm up, three timed, one for the queries
    assert row.queries == 1
    assert 0 < row.median_s <= row.p95_s
    assert row.peak_rss_mb > 10
    assert set(bench.as_plain()[0]) == {"work", "size", "backend", "median_s", "p95_s", "queries", "peak_rss_mb"}


def test_times_are_of_one_piece_of_a_batch() -> None:
    row = Bench("sqlite").measure("sleep", lambda: time.sleep(0.02), per=10, repeat=1, warm=False, count_queries=False)
    assert 0.001 < row.median_s < 0.02


def test_memory_is_of_one_work() -> None:
    large = bytearray(100_000_000)
    before = peak_rss()
    del large
    if forget_peak():
        assert peak_rss() < before - 50_000_000


def test_percentile() -> None:
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95
    assert percentile([1.0], 0.95) == 1.0


@pytest.mark.parametrize("name", bench_names())
def test_sizes_are_options(name: str) -> None:
    from importlib import import_module

    sizes = import_module(f"bench.{name}").SIZES
    asked = arguments_of([name, "--json", *(part for size in sizes for part in (f"--{size}", "3"))])
    assert asked.json
    assert all(getattr(asked, size) == 3 for size in sizes)


def test_a_table_is_markdown() -> None:
    row = {
        "work": "w",
        "size": "1",
        "backend": "sqlite",
        "median_s": 1.5,
        "p95_s": 0.002,
        "queries": 3,
        "peak_rss_mb": 60.0,
    }
    assert as_table([row]).splitlines()[2].split() == [
        "|",
        "w",
        "|",
        "1",
        "|",
        "sqlite",
        "|",
        "1.50",
        "s",
        "|",
        "2.00",
        "ms",
        "|",
        "3",
        "|",
        "60",
        "|",
    ]
