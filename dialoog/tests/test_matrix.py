"""Roles × pages × foreign workspace: every address of a workspace, asked by everybody of the cast."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dialoog.kernel.workspaces.policy import GRANTS, Permission, Role
from dialoog.testing.everything import make_everything
from dialoog.testing.pages import pages_of

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
# granted, and yet a 404 for this row
NOT_ALWAYS = {
    "stakeholders:person_import_preview": "a list being read is seen by who reads it",
    "feedback:report_pdf": "the paper is kept when the report is sent",
}
PERMISSION = {name: permission for name, _arguments, permission in ALL}


def test_the_walk_finds_the_pages():
    assert len(ALL) > 60


@pytest.fixture
def real(workspace, anna, chaima) -> list[tuple[str, str, Permission]]:
    """(name, address of a row that exists, permission) of every page."""
    found = pages_of(make_everything(workspace=workspace, by=anna), anna)
    return [(name, address, PERMISSION[name.partition(" ")[0]]) for name, address in found.items()]


def test_no_page_of_the_url_table_is_forgotten(real):
    walked = {name.partition(" ")[0] for name, _address, _permission in real}

    assert walked == {name for name, _arguments, _permission in ALL}


@pytest.mark.django_db
def test_strangers_find_nothing(workspace, eva, as_user, client):
    stranger = as_user(eva)
    for name, arguments, _permission in ALL:
        address = reverse(name, args=[workspace.slug, *arguments])
        for method in (stranger.get, stranger.post):
            assert method(address).status_code == 404, f"{name} answers a stranger"
        assert client.get(address).status_code == 302, f"{name} answers without signing in"


def test_strangers_find_no_row_that_exists_from_their_own_workspace_either(real, workspace, eva, as_user):
    stranger, own = as_user(eva), eva.workspaces.get()
    without_row = {name for name, arguments, _permission in ALL if not arguments}
    answered = []
    for name, address, _permission in real:
        assert stranger.get(address).status_code == 404, f"{name} answers a stranger"
        if name in without_row:
            continue
        moved = address.replace(f"/w/{workspace.slug}/", f"/w/{own.slug}/")
        answered += [name for method in (stranger.get, stranger.post) if method(moved).status_code < 400]

    assert answered == []


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


@pytest.mark.parametrize("role", list(Role))
def test_a_role_meets_rows_that_exist_as_it_is_granted(*, real, workspace, anna, bram, as_user, role):
    workspace.memberships.filter(user=bram).update(role=role)
    if role == Role.FACILITATOR:
        real = [page for page in real if page[2] not in GRANTS[role]]  # they see what is assigned to them
    member, wrong = as_user(bram), []
    for name, address, permission in real:
        status = member.get(address).status_code
        granted = permission in GRANTS[role]
        # 405 is a button
        fits = status in {200, 302, 405} or name in NOT_ALWAYS
        if status >= 500 or not (fits if granted else status == 403):
            wrong.append(f"{name} as {role}: {status}")

    assert wrong == []
