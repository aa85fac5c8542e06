"""Every page that home, the page of a meeting and the findings lead to exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from sessions.readiness.registry import STEPS

BASE = Path(settings.BASE_DIR)
SOURCES = [
    *BASE.glob("sessions/readiness/*.py"),
    *BASE.glob("dialoog/portal/home/*.py"),
    *BASE.glob("dialoog/portal/session_page/*.py"),
]
TEMPLATES = [
    *BASE.glob("templates/sessions/_findings.html"),
    *BASE.glob("templates/sessions/_readiness_*.html"),
    *BASE.glob("templates/portal/home.html"),
    *BASE.glob("templates/portal/session_detail.html"),
    *BASE.glob("templates/portal/finding_detail.html"),
]
NAME = re.compile(r"(?:sessions|feedback|outbox|portal):[a-z_]+")


def named() -> Iterator[str]:
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                yield node.value
            if isinstance(node, ast.keyword) and node.arg == "page" and isinstance(node.value, ast.Constant):
                yield f"sessions:invite_{node.value.value}"
    for path in TEMPLATES:
        yield from re.findall(r'"((?:sessions|feedback|outbox|portal):[a-z_]+)"', path.read_text())


def exists(name: str) -> bool:
    space, _colon, page = name.partition(":")
    resolver = get_resolver()
    return any(
        known == page
        for _prefix, inner in [resolver.namespace_dict[space]]
        for known in inner.reverse_dict
        if isinstance(known, str)
    )


@pytest.mark.parametrize("name", sorted(set(named()) - {"sessions:invite_"}))
def test_page_exists(name):
    assert exists(name)


def test_every_step_has_checks():
    assert all(step.CHECKS for step in STEPS)
