"""The tree of themes, without its rows: who stands under whom."""

from collections.abc import Iterable, Mapping


class Circular(ValueError):
    """A theme would stand under itself."""


def branch(parents: Mapping[int, int | None], root: int) -> set[int]:
    """Return `root` and all that stands under it; `parents` maps each theme to the one above."""
    children: dict[int | None, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    found, waiting = set(), [root]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return found


def check_move(parents: Mapping[int, int | None], theme: int, under: int | None) -> None:
    """Raise Circular when `under` is the theme itself or stands under it."""
    if under is not None and under in branch(parents, theme):
        raise Circular


def in_order(parents: Mapping[int, int | None], ranked: Iterable[int]) -> list[tuple[int, int]]:
    """Return pairs of theme and depth, each theme before those under it; `ranked` gives the order among siblings.

    A theme whose parent is not among them (merged away) stands at the top.
    """
    rank = list(ranked)
    known = set(rank)
    children: dict[int | None, list[int]] = {}
    for one in rank:
        parent = parents.get(one)
        children.setdefault(parent if parent in known else None, []).append(one)
    found: list[tuple[int, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in children.get(parent, []):
            found.append((one, depth))
            walk(one, depth + 1)

    walk(None, 0)
    return found
