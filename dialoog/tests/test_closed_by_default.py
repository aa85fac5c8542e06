"""Every address asks who you are, except those listed here with their reason."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from dialoog.kernel.workspaces.policy import Permission

# open pages and why
OPEN = {
    "invitation_accept": "joining a workspace by a mailed link",
    "one_time_sign_in": "the sign-in link of the embedded mode",
    "set_language": "the language of the sign-in pages",
    "endorsement": "somebody without an account agrees by a mailed link",
    "portal:guest_": "guests have a cookie of their own and no account",
    "portal:intermediary": "an intermediary is a guest",
    "sessions:endorse": "somebody without an account agrees by a mailed link",
}
ALLAUTH_OPEN = "account_ mfa_ socialaccount_ openid_connect_ usersessions_"


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    resolver = resolver or get_resolver()
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from patterns(each, inner)
        else:
            yield f"{space}{each.name}", str(each.pattern), each


def is_allauth(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.startswith("allauth")


def test_only_listed_pages_are_open():
    found = {
        name
        for name, _route, pattern in patterns()
        if not getattr(pattern.callback, "login_required", True) and not is_allauth(pattern)
    }
    unknown = {name for name in found if not any(name == known or name.startswith(known) for known in OPEN)}

    assert unknown == set()


def test_every_workspace_page_asks_a_permission():
    resolver = get_resolver()
    missing = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver) and str(each.pattern).startswith("w/<slug:workspace>"):
            inner = f"{each.namespace}:" if each.namespace else ""
            missing += [
                name
                for name, _route, pattern in patterns(each, inner)
                if getattr(pattern.callback, "permission", None) not in set(Permission)
            ]

    assert missing == []
