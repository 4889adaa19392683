"""What a text of a letter may hold.

A text is a template with names, conditions and nothing else: it can run nothing, read nothing
else and never goes round in circles. Its markup is what running text can set.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.terms import Letter

LONGEST = 8000
"""Characters: far more than a page holds."""
_DEEPEST = 8
"""Conditions within conditions."""
_TOKEN = re.compile(
    r"(?P<break><br/>(?=\n))|(?P<code>\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\})|(?P<end>\n[ \t]*(?=\n|$))"
    r"|(?P<tag><[^<>\n]{0,20}>?)|(?P<entity>&(?!amp;|lt;|gt;)[#\w])",
    re.DOTALL,
)
_MEANS = {"<b>", "</b>"}
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.If,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


def check_body(body: str, letter: Letter) -> None:
    """Whether a text can be set: only known names, whole conditions, known markup.

    :raises RefusedError: it cannot; names the line
    """
    if not body.strip():
        raise RefusedError("letter.empty")
    if len(body) > LONGEST:
        raise RefusedError("letter.long", most=LONGEST)
    values = {each.name for each in letter.placeholders}
    conditions = {each.name for each in letter.conditions}
    _check_nodes(parse(body), values, conditions)
    _check_markup(body)


def parse(body: str) -> nodes.Template:
    """What a text is made of.

    :raises RefusedError: it is no whole template; names the line
    """
    try:
        return _environment().parse(body)
    except TemplateSyntaxError as error:
        raise RefusedError("letter.broken", line=error.lineno) from None
    except RecursionError:
        raise RefusedError("letter.nested", line=1, most=_DEEPEST) from None


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)


def _check_nodes(
    node: nodes.Node, values: Collection[str], conditions: Collection[str], depth: int = 0
) -> None:
    """One node and what is in it.

    A name that is printed must be a value; a name that is asked may be either.
    """
    if not isinstance(node, _ALLOWED):
        raise RefusedError("letter.not_allowed", line=node.lineno)
    if isinstance(node, nodes.If | nodes.CondExpr | nodes.Not | nodes.And | nodes.Or):
        depth += 1
    if depth > _DEEPEST:
        raise RefusedError("letter.nested", line=node.lineno, most=_DEEPEST)
    if isinstance(node, nodes.Name):
        _check_name(node, values, conditions)
    if isinstance(node, nodes.Const) and not isinstance(node.value, str):
        raise RefusedError("letter.not_allowed", line=node.lineno)
    if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
        _check_shown(node.expr2, conditions)
    if isinstance(node, nodes.CondExpr):
        _check_shown(node.expr1, conditions)
    if isinstance(node, nodes.Output):
        for shown in node.nodes:
            _check_shown(shown, conditions)
    for child in node.iter_child_nodes():
        _check_nodes(child, values, conditions, depth)


def _check_name(node: nodes.Name, values: Collection[str], conditions: Collection[str]) -> None:
    if node.name not in values and node.name not in conditions:
        known = ", ".join(sorted([*values, *conditions]))
        raise RefusedError(
            "letter.placeholder", line=node.lineno, placeholder=node.name, known=known
        )


def _check_shown(node: nodes.Expr, conditions: Collection[str]) -> None:
    """What is printed is a value or a text between quotes, never whether something is the case."""
    if isinstance(node, nodes.Name) and node.name in conditions:
        raise RefusedError("letter.condition", line=node.lineno, condition=node.name)
    if isinstance(node, nodes.And | nodes.Or | nodes.Not):
        raise RefusedError("letter.not_allowed", line=node.lineno)


def _check_markup(body: str) -> None:
    """Only bold, begun and ended within one block and one condition, and new lines."""
    bold_since = 0
    for found in _TOKEN.finditer(body):
        line = body.count("\n", 0, found.start()) + 1
        kind, text = found.lastgroup, found.group()
        if kind == "entity":
            raise RefusedError("letter.sign", line=line)
        if kind == "tag" and text not in _MEANS:
            raise RefusedError("letter.markup", line=line, markup=text)
        if kind == "tag" and (text == "<b>") == bool(bold_since):
            raise RefusedError("letter.bold", line=bold_since or line)
        if kind == "tag":
            bold_since = 0 if bold_since else line
        elif bold_since and (kind == "end" or text.startswith("{%")):
            raise RefusedError("letter.bold", line=bold_since)
    if bold_since:
        raise RefusedError("letter.bold", line=bold_since)
