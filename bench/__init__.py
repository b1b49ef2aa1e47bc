"""Measurements that anyone can run: `./surelle bench NAME`, on SQLite and on PostgreSQL, as a table or --json.

A bench is a module here with `SIZES` (its sizes, which become options: `{"documents": 2000}` is `--documents 2000`) and
`run(bench, **sizes)`, which calls `bench.measure(…)` for each work. Times depend on the machine and are never tests.
"""
