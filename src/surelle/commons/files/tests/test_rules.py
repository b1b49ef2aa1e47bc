"""Names, types and ranges, whatever people and browsers send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.commons.files.rules import LONGEST_NAME, byte_range, clean_media_type, clean_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\moi\\Bilan.odt", "Bilan.odt"),
        ("  .  ", "fichier"),
        ("a\nb\x00.txt", "ab.txt"),
        ("été.mp3", "été.mp3"),
        ("x" * 300 + ".mp4", "x" * 196 + ".mp4"),
    ],
)
def test_clean_name(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@given(st.text())
def test_any_name_becomes_one_file_name(sent: str) -> None:
    name = clean_name(sent)
    assert name
    assert "/" not in name
    assert "\\" not in name
    assert len(name) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Text/HTML; charset=utf-8", "text/html"),
        ("", "application/octet-stream"),
        ("a b/c", "application/octet-stream"),
    ],
)
def test_clean_media_type(sent: str, kept: str) -> None:
    assert clean_media_type(sent) == kept


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-", (0, 9)),
        ("bytes=3-5", (3, 5)),
        ("bytes=-4", (6, 9)),
        ("bytes=0-99", (0, 9)),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=0-1,4-5", None),
    ],
)
def test_byte_range(header: str, span: tuple[int, int] | None) -> None:
    assert byte_range(header, 10) == span


@given(st.from_regex(r"bytes=\d{0,4}-\d{0,4}", fullmatch=True), st.integers(1, 2000))
def test_a_range_lies_within_the_file(header: str, size: int) -> None:
    try:
        span = byte_range(header, size)
    except ValueError:
        return
    assert span is None or 0 <= span[0] <= span[1] < size
