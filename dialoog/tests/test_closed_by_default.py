"""Every address asks who you are, except those listed here with their reason."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from dialoog.kernel.workspaces.policy import Permission

GUEST = "a guest has a cookie of their own and no account"
THROUGH = "who passes on for others is a guest"
# open pages, each by its whole name, and why
OPEN = {
    "invitation_accept": "joining a workspace by a mailed link",
    "second_step_reset": "who lost their second step cannot sign in; the mailed link asks them",
    "openid_connect_login": "going to one's own organisation, with a page of ours between",
    "one_time_sign_in": "the printed link of the embedded mode, on the machine itself only",
    "set_language": "the language of the sign-in pages",
    "endorsement_answer": "somebody without an account agrees by a mailed link",
    "portal:guest_enter": "the personal link itself",
    "portal:guest_lost": "who lost the link has nothing yet",
    "portal:guest_forget": "forgetting a phone needs no proof of anything",
    "portal:guest_list": GUEST,
    "portal:guest_detail": GUEST,
    "portal:guest_answer": GUEST,
    "portal:guest_receipt": GUEST,
    "portal:guest_wishes": GUEST,
    "portal:guest_preparation": GUEST,
    "portal:guest_question": GUEST,
    "portal:guest_call": GUEST,
    "portal:guest_data": GUEST,
    "portal:guest_feedback": GUEST,
    "portal:guest_report": GUEST,
    "portal:guest_report_paper": GUEST,
    "portal:guest_proposal": GUEST,
    "portal:guest_calendar": GUEST,
    "portal:guest_paper": GUEST,
    "portal:intermediary_detail": THROUGH,
    "portal:intermediary_answer": THROUGH,
    "portal:intermediary_question": THROUGH,
    "portal:intermediary_feedback": THROUGH,
    "portal:intermediary_report": THROUGH,
    "portal:intermediary_proposal": THROUGH,
}
# pages of allauth before anybody is signed in
ALLAUTH_OPEN = {
    "account_login": "signing in",
    "account_request_login_code": "asking for a code by mail",
    "account_confirm_login_code": "giving the code",
    "account_logout": "signing out twice does no harm",
    "account_inactive": "says that an account is closed",
    "account_signup": "says that people join by invitation only",
    "account_email_verification_sent": "giving the code of a new address",
    "account_reset_password": "there are no passwords; it leads to a code",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the same",
    "account_reset_password_from_key_done": "the same",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "socialaccount_login_cancelled": "coming back from one's own organisation without signing in",
    "socialaccount_signup": "the same; nobody signs up there",
    "openid_connect_login": "going to one's own organisation",
    "openid_connect_callback": "coming back from it",
}


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


def is_open(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


def test_only_listed_pages_are_open():
    found = {name for name, _route, pattern in patterns() if is_open(pattern) and not is_allauth(pattern)}

    assert found == set(OPEN)


def test_only_listed_pages_of_allauth_are_open():
    found = {name for name, _route, pattern in patterns() if is_open(pattern) and is_allauth(pattern)}

    # which of them there are depends on the settings; what is not listed must not be
    assert found <= set(ALLAUTH_OPEN)


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
