"""The strict bench: silent mistakes fail here.

An undefined variable in one of our templates, a naive datetime, an unordered list cut into pages, an inline script,
style or event handler in any page that a test fetches: each fails the test that met it. Templates of packages are
exempt.
"""

from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Origin, Template
from django.template.base import FilterExpression, Parser, Variable, VariableDoesNotExist
from django.templatetags.i18n import BlockTranslateNode
from django.test import Client

from surelle.commons.cooperatives.access import scope

from .pages import inline_code_in

SOURCE = Path(__file__).resolve().parents[1] / "src" / "surelle"
FORGIVING_FILTERS = {"default", "default_if_none"}

_being_compiled: list[Origin] = []
_met: list[str] = []


class Undefined(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A template of ours asked for a variable that is not there.

    Like every refusal of pytest it is no `Exception`: `{% if %}` swallows those.
    """


def refuse(sentence: str) -> None:
    """Fail the running test, even if what runs swallows the refusal (another thread, a bare except)."""
    _met.append(sentence)
    raise Undefined(sentence, pytrace=False)


def is_ours(origin: Origin | None) -> bool:
    return origin is not None and Path(str(origin.name)).is_relative_to(SOURCE)


class StrictVariable(Variable):
    """A variable that refuses to be missing."""

    origin: Origin

    def resolve(self, context: Context) -> Any:
        try:
            return super().resolve(context)
        except VariableDoesNotExist:
            refuse(f"{self.origin.name}: {self.var} is not defined (|default:… says that it may be missing)")


def hold_templates_to_account() -> None:
    """Make every variable of a template of ours strict, from the moment it is compiled."""
    compile_nodelist, begin_expression = Template.compile_nodelist, FilterExpression.__init__

    @wraps(compile_nodelist)
    def compile_and_remember(self: Template) -> Any:
        _being_compiled.append(self.origin)
        try:
            return compile_nodelist(self)
        finally:
            _being_compiled.pop()

    @wraps(begin_expression)
    def strict_expression(self: FilterExpression, token: str, parser: Parser) -> None:
        begin_expression(self, token, parser)
        # Components compile their attributes apart: these belong to the template being compiled.
        known = (o for o in (parser.origin, *reversed(_being_compiled)) if is_ours(o))
        origin = next(known, None)
        may_be_missing = self.filters and self.filters[0][0].__name__ in FORGIVING_FILTERS
        if origin and not may_be_missing and type(self.var) is Variable and self.var.lookups:
            strict = StrictVariable(self.var.var)
            strict.translate, strict.message_context = self.var.translate, self.var.message_context
            strict.origin = origin
            self.var = strict

    render_translation = BlockTranslateNode.render

    @wraps(render_translation)
    def strict_translation(self: BlockTranslateNode, context: Context, nested: bool = False) -> str:
        if not nested and is_ours(getattr(self, "origin", None)):
            given = {self.countervar, *self.extra_context}
            for node_tokens in (self.singular, self.plural):
                for name in self.render_token_list(node_tokens)[1]:
                    if name not in given and name not in context:
                        refuse(f"{self.origin.name}: {{% blocktranslate %}} speaks of {name}, which is not defined")
        return render_translation(self, context, nested)

    Template.compile_nodelist = compile_and_remember  # type: ignore[method-assign]
    FilterExpression.__init__ = strict_expression  # type: ignore[method-assign]
    BlockTranslateNode.render = strict_translation  # type: ignore[method-assign]


def out_of_scope(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Read a streamed answer as a server does: after the middleware, when the scope of the test must not help."""
    while True:
        with scope():
            part = next(stream, None)
        if part is None:
            return
        yield part


def hold_answers_to_account() -> None:
    """Serve every request without the scope of the test, and refuse inline code in every page."""
    request = Client.request

    @wraps(request)
    def strict_request(self: Client, **what: Any) -> Any:
        with scope():
            response = request(self, **what)
        if response.streaming:
            response.streaming_content = out_of_scope(iter(response.streaming_content))
        elif response.get("Content-Type", "").startswith("text/html"):
            found = inline_code_in(response.content.decode(response.charset))
            if found:
                pytest.fail(f"{what.get('PATH_INFO')} holds inline code: " + "; ".join(found), pytrace=False)
        return response

    Client.request = strict_request  # type: ignore[method-assign]


def pytest_configure(config: pytest.Config) -> None:
    for warning in (
        "error::django.core.paginator.UnorderedObjectListWarning",
        "error:.*received a naive datetime:RuntimeWarning",
    ):
        config.addinivalue_line("filterwarnings", warning)
    hold_templates_to_account()
    hold_answers_to_account()
    # Where collected files would lie; WhiteNoise complains at every start without it.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def nothing_met_in_silence() -> Iterator[None]:
    """Fail also when a refusal was swallowed on its way."""
    _met.clear()
    yield
    assert not _met, "\n".join(_met)
