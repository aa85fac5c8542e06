"""Roles × pages × foreign workspace: every address of a workspace, asked by everybody of the cast."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dialoog.kernel.workspaces.policy import GRANTS, Permission, Role

DUMMY = {"IntConverter": 1, "SlugConverter": "x", "StringConverter": "x", "UUIDConverter": uuid.UUID(int=1)}


Page = tuple[str, list[object], Permission]


def pages() -> list[Page]:
    """(name, arguments after the workspace, permission) of every page under /w/<workspace>/."""
    found = []
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver):
            found += _walk(resolver, "", [])
    return found


def _walk(resolver: URLResolver, space: str, before: list[object]) -> list[Page]:
    space = f"{space}{resolver.namespace}:" if resolver.namespace else space
    arguments = [*before, *_dummies(resolver)]
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found += _walk(each, space, arguments)
        elif isinstance(each, URLPattern) and hasattr(each.callback, "permission"):
            everything = [*arguments, *_dummies(each)]
            found.append((f"{space}{each.name}", everything[1:], each.callback.permission))
    return found


def _dummies(part: URLPattern | URLResolver) -> list[object]:
    converters = part.pattern.converters.values()
    return [DUMMY[type(converter).__name__] for converter in converters]


ALL = pages()


def test_the_walk_finds_the_pages():
    assert len(ALL) > 60


@pytest.mark.django_db
def test_strangers_find_nothing(workspace, eva, as_user, client):
    stranger = as_user(eva)
    for name, arguments, _permission in ALL:
        address = reverse(name, args=[workspace.slug, *arguments])
        for method in (stranger.get, stranger.post):
            assert method(address).status_code == 404, f"{name} answers a stranger"
        assert client.get(address).status_code == 302, f"{name} answers without signing in"


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_what_it_is_granted_and_nothing_else(workspace, anna, as_user, role):
    workspace.memberships.filter(user=anna).update(role=role)
    member = as_user(anna)
    for name, arguments, permission in ALL:
        if name == "portal:home":
            continue
        answer = member.get(reverse(name, args=[workspace.slug, *arguments]))
        refused = answer.status_code == 403
        assert refused == (permission not in GRANTS[role]), f"{name} as {role}: {answer.status_code}"
