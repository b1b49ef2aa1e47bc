"""`./surelle bench [NAME] [--json] [--backend sqlite|postgresql] [--SIZE N]…`"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from surelle.kernel.terminal import in_words, say
from tests.cluster import private_cluster, server_programs

ROOT = Path(__file__).resolve().parents[1]
HARNESS = {"__main__", "measuring", "on_backend"}
BACKENDS = ("sqlite", "postgresql")


def bench_names() -> list[str]:
    return sorted(module.name for module in iter_modules([str(ROOT / "bench")]) if module.name not in HARNESS)


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def machine() -> str:
    """Return a sentence about the machine: what a reader needs to compare."""
    parts = [f"{os.cpu_count()} × {processor()}"]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        parts.append(f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB")
    parts += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    if programs := server_programs():
        version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True).stdout.split()
        parts.append(f"PostgreSQL {version[2] if len(version) > 2 else '?'}")
    return ", ".join(parts)


def rows_of(name: str, backend: str, sizes: dict[str, int]) -> list[dict[str, Any]]:
    """Run one bench on one backend, on a database that is made for it and gone afterwards."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="surelle-bench-"))
        sqlite = f"sqlite:///{folder}/bench.sqlite3"
        url = stack.enter_context(private_cluster()) if backend == "postgresql" else sqlite
        settings = {"SURELLE_MODE": "demo", "SURELLE_VAR": folder, "DATABASE_URL": url}
        line = [sys.executable, "-m", "bench.on_backend", name, backend, json.dumps(sizes)]
        run = subprocess.run(line, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
    if run.returncode:
        raise SystemExit(run.returncode)
    rows: list[dict[str, Any]] = json.loads(run.stdout.splitlines()[-1])
    return rows


def as_time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def as_table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a Markdown table, which reads well in a terminal and can be pasted into docs/."""
    heads = in_words(
        "travail|taille|base|médiane|p95|requêtes|mémoire (Mio)", "work|size|database|median|p95|queries|memory (MiB)"
    ).split("|")
    cells = [
        [
            *(row["work"], row["size"], row["backend"], as_time(row["median_s"]), as_time(row["p95_s"])),
            *(str(row["queries"]), f"{row['peak_rss_mb']:.0f}"),
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in [heads, *cells]) for column in range(len(heads))]
    lines = [heads, ["-" * width for width in widths], *cells]
    return "\n".join(
        "| " + " | ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)) + " |" for line in lines
    )


def arguments_of(line: list[str]) -> argparse.Namespace:
    names = bench_names()
    parser = argparse.ArgumentParser(prog="./surelle bench", allow_abbrev=False)
    parser.add_argument("name", nargs="?", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--backend", action="append", choices=BACKENDS)
    asked, _ = parser.parse_known_args(line)
    sizes = {} if asked.name is None else import_module(f"bench.{asked.name}").SIZES
    for size, default in sizes.items():
        parser.add_argument(f"--{size}", type=int, default=default)
    return parser.parse_args(line)


def main(line: list[str]) -> int:
    asked = arguments_of(line)
    if asked.list:
        for name in bench_names():
            module = import_module(f"bench.{name}")
            sizes = " ".join(f"--{size} {default}" for size, default in module.SIZES.items())
            print(f"{name:<12} {(module.__doc__ or '').splitlines()[0]}  {sizes}")
        return 0
    backends = asked.backend or list(BACKENDS)
    if "postgresql" in backends and server_programs() is None:
        print(
            in_words("PostgreSQL n'est pas sur cette machine : laissé de côté.", "PostgreSQL is not here: left out."),
            file=sys.stderr,
        )
        backends.remove("postgresql")
    for name in [asked.name] if asked.name else bench_names():
        sizes = {size: getattr(asked, size, default) for size, default in import_module(f"bench.{name}").SIZES.items()}
        rows = [row for backend in backends for row in rows_of(name, backend, sizes)]
        if asked.json:
            print(json.dumps({"bench": name, "machine": machine(), "rows": rows}, ensure_ascii=False))
        else:
            say(f"\n{name} — {machine()}\n", f"\n{name} — {machine()}\n")
            print(as_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
