"""The law as data: each value with its date of effect and its source. See the YAML files beside this page."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def legal_data(name: str) -> Any:
    """Return the content of `name`.yaml of this folder, read once. Callers must not change it."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
