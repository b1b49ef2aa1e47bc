"""Kept files as answers to a browser."""

from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from .models import StoredFile
from .rules import SHOWN_INLINE, byte_range

A_PIECE = 64 * 1024
NOTHING = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; object-src 'self'"


def serve(
    file: StoredFile, *, inline: bool = False, request: HttpRequest | None = None
) -> FileResponse | StreamingHttpResponse | HttpResponse:
    """Return the bytes of a file as an answer; the caller has passed the door of what owns it.

    `inline` shows it in the page if its type is one that browsers only show; all others are attachments. A Range
    header of `request` is answered, so that one can jump within a recording. Raises Http404 when the bytes are gone.
    """
    if not file.path.is_file():
        raise Http404
    is_shown = inline and file.media_type in SHOWN_INLINE
    media_type = file.media_type if file.media_type in SHOWN_INLINE else "application/octet-stream"
    if media_type == "text/plain":
        media_type = "text/plain; charset=utf-8"
    asked = request.headers.get("Range", "") if request else ""
    try:
        span = byte_range(asked, file.size_bytes) if asked else None
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size_bytes}"})
    response: FileResponse | StreamingHttpResponse
    if span:
        first, last = span
        response = StreamingHttpResponse(_span(file.path, first, last), status=206, content_type=media_type)
        response["Content-Range"] = f"bytes {first}-{last}/{file.size_bytes}"
        response["Content-Length"] = str(last - first + 1)
    else:
        response = FileResponse(
            file.path.open("rb"), as_attachment=not is_shown, filename=file.name, content_type=media_type
        )
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    # Whatever the file holds, it runs nothing and reaches nothing, also when it is opened by its own address.
    # (A PDF viewer does not start in a sandbox; PDFs run in the viewer's own.)
    response["Content-Security-Policy"] = NOTHING if media_type == "application/pdf" else f"sandbox; {NOTHING}"
    return response


def _span(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as opened:
        opened.seek(first)
        while left > 0 and (piece := opened.read(min(A_PIECE, left))):
            left -= len(piece)
            yield piece
