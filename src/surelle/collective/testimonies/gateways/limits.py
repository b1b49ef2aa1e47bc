"""How much one import may hold. Sizes in bytes; see `refusals` for what is said past them."""

from typing import Final

MEGABYTE: Final = 1_000_000

LINES: Final = 200_000  # of one source: a survey of 2,000 persons and 30 questions has 130,000
TEXT_BYTES: Final = 10 * MEGABYTE  # a text, page, table or transcript; a novel is 1 MB
FILE_BYTES: Final = 50 * MEGABYTE  # a document with its pictures
PROJECT_BYTES: Final = 500 * MEGABYTE  # a QDA project or database

MEMBERS: Final = 10_000  # parts of one compressed file
OPENED_BYTES: Final = 300 * MEGABYTE  # all the parts of a document once opened
MEMBER_BYTES: Final = 60 * MEGABYTE  # one part that is read
RATIO: Final = 100  # opened / compressed: office files stay under 30
RATIO_FROM_BYTES: Final = 10 * MEGABYTE  # below this an abnormal ratio harms nobody

TAG_DEPTH: Final = 250  # libxml2 stops at 256
CELLS: Final = 1_000_000  # rows × columns of a sheet, the empty ones included
TRAILING_SPACES: Final = 100  # ODT says "so many spaces" by a number
