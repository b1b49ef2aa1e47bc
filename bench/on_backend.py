"""One bench on one backend, in a process of its own: `python -m bench.on_backend NAME BACKEND SIZES` prints JSON.

A process of its own, so that the memory of one backend does not weigh on the other; DATABASE_URL names its database.
"""

import json
import os
import sys
from importlib import import_module


def main(name: str, backend: str, sizes: str) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "surelle.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from surelle.commons.cooperatives.access import scope

    from .measuring import Bench

    bench = Bench(backend)
    with scope(everything=True):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        import_module(f"bench.{name}").run(bench, **json.loads(sizes))
    print(json.dumps(bench.as_plain()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
