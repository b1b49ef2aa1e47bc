"""Doors: the rows of the access matrices that each app keeps in its tests/access_matrix.py. See CONTRIBUTING.md."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .world import World

SIGN_IN = "sign in"  # sent to the sign-in page
Expected = int | str


@dataclass(frozen=True, kw_only=True)
class Door:
    """One address, what it is called with, and what each kind of person finds there.

    `kwargs` and `data` are made from the world. The columns are the status that the answer must have, or SIGN_IN.
    `own` is who has the right, by their name in the world. `also` are further persons of the world, such as
    `{"dora": 200, "left": 404}`.
    """

    own: Expected
    member: Expected
    foreign: Expected = 404
    anonymous: Expected = SIGN_IN
    who: str = "alice"
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = lambda world: {}
    query: str = ""
    also: dict[str, Expected] = field(default_factory=dict)

    def columns(self) -> dict[str | None, Expected]:
        """Return what each person of the world finds; None is nobody signed in."""
        return {None: self.anonymous, self.who: self.own, "bob": self.member, "charlie": self.foreign, **self.also}
