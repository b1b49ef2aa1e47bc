"""How a view answers to an act: done, with a word and a way back; or refused, in a sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ..actions.refusals import Refused


def act(request: HttpRequest, do: Callable[[], Any], *, said: str, to: str, undo: str = "") -> HttpResponse:
    """Do something, say so, and go to `to`; when it is refused, say why and go there all the same."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(to)


def say_errors(request: HttpRequest, form: Any) -> None:
    """Say what is wrong with a small form that has no page of its own."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
