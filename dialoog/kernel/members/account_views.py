"""Pages of a person's own account: profile, language, joining and leaving."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from dialoog.kernel.errors import DomainError
from dialoog.kernel.members.actions import accept_invitation, find_invitation, remove_member
from dialoog.kernel.members.forms import AcceptForm, ProfileForm
from dialoog.kernel.members.second_step import confirm_reset, find_reset
from dialoog.kernel.workspaces import chosen_language
from dialoog.kernel.workspaces.models import MemberInvitation, Membership, User
from dialoog.kernel.workspaces.signing_in import end_places, places_of, sign_in


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=_user(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Your profile is saved."))
        return chosen_language.remember(redirect("profile"), form.cleaned_data["language"])
    memberships = Membership.objects.filter(user=_user(request)).select_related("workspace")
    context = {"form": form, "memberships": memberships.order_by("workspace__name", "pk")}
    return TemplateResponse(request, "workspaces/profile.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """A visitor's choice goes into a cookie, a member's into the profile as well."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return set_language(request)


@require_http_methods(["GET", "POST"])
def workspace_leave(request: HttpRequest, slug: str) -> HttpResponse:
    user = _user(request)
    membership = get_object_or_404(user.memberships.select_related("workspace"), workspace__slug=slug)
    refusal = ""
    if request.method == "POST":
        try:
            remove_member(membership=membership, by=user)
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("You have left %(name)s.") % {"name": membership.workspace})
            return redirect("profile")
    context = {"membership": membership, "refusal": refusal}
    return TemplateResponse(
        request, "workspaces/workspace_leave.html", context, status=422 if refusal else 200
    )


@require_http_methods(["GET", "POST"])
def place_list(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; a POST ends one other place, or all others."""
    user, here = _user(request), request.session.session_key
    if request.method == "POST":
        asked = request.POST.get("place")
        if asked is not None and not (asked.isdecimal() and end_places(user, keep=here, only=int(asked))):
            raise Http404
        if asked is None:
            end_places(user, keep=here)
        messages.success(request, _("Signed out there."))
        return redirect("usersessions_list")
    return TemplateResponse(
        request, "usersessions/usersession_list.html", {"places": places_of(request, user)}
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None or invitation.ended:
        return TemplateResponse(
            request, "workspaces/invitation_gone.html", {"invitation": invitation}, status=410
        )
    if not _may_use(request, invitation):
        return _explain(request, invitation)
    user = request.user if isinstance(request.user, User) else None
    posted = request.POST if request.method == "POST" else None
    form = AcceptForm(posted, user=user, initial={"name": invitation.name})
    if form.is_valid():
        try:
            joined = accept_invitation(invitation=invitation, user=user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if user is None:
                sign_in(request, joined)
            return redirect(invitation.workspace.url("portal:home"))
    context = {"form": form, "invitation": invitation}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "workspaces/invitation_accept.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_step_reset(request: HttpRequest, token: str) -> HttpResponse:
    """Who lost their second step says that an owner may take it off; looking changes nothing."""
    if request.method == "POST":
        try:
            confirm_reset(token=token)
        except DomainError:
            pass  # the page below says that the link has ended
        else:
            messages.success(request, _("Done. You now sign in with a code by mail."))
            return redirect("account_login")
    found = find_reset(token)
    status = 200 if found else 410
    return TemplateResponse(request, "workspaces/second_step_reset.html", {"reset": found}, status=status)


def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A page allauth offers and we do not."""
    raise Http404(rest)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _may_use(request: HttpRequest, invitation: MemberInvitation) -> bool:
    """Whoever holds the link may open a new account by it; into an existing one it lets nobody."""
    if request.user.is_authenticated:
        return _user(request).email == invitation.email
    return not User.objects.filter(email__iexact=invitation.email).exists()


def _explain(request: HttpRequest, invitation: MemberInvitation) -> HttpResponse:
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    context = {"invitation": invitation, "sign_in": sign_in}
    status = 403 if request.user.is_authenticated else 200
    return TemplateResponse(request, "workspaces/invitation_other.html", context, status=status)
