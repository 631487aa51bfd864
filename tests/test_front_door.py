"""The public names: reachable, documented, and the same for people and for type checkers."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import workbench as wb


def test_type_checkers_see_the_same_names_as_people():
    tree = ast.parse(Path(wb.__file__).read_text("utf-8"))
    seen = {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for statement in node.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    assert seen == set(wb.__all__)


@pytest.mark.parametrize("name", wb.__all__)
def test_a_public_name_is_reachable_and_documented(name):
    assert inspect.getdoc(getattr(wb, name))


def test_a_misspelt_name_gets_the_nearest_one():
    with pytest.raises(AttributeError, match="did you mean 'segment'"):
        _ = wb.segmnt  # pyright: ignore[reportAttributeAccessIssue]  # misspelt on purpose
