"""Doors of the style guide and of the choice of light: open to anybody."""

from tests.access import Door

MATRIX: dict[str, Door | list[Door]] = {
    "web:styleguide": Door(own=200, member=200, foreign=200, anonymous=200),
    "web:theme": Door(
        method="post", data=lambda world: {"theme": "dark"}, own=302, member=302, foreign=302, anonymous=302
    ),
}
