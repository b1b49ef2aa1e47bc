"""Who may open which door of the voices: gathering them, and marking them."""

from .doors_gathering import GATHERING
from .doors_marking import MARKING

MATRIX = {**GATHERING, **MARKING}
