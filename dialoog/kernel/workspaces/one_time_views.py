"""The page behind the printed link: looking is harmless, the button signs in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from dialoog.kernel.workspaces import one_time
from dialoog.kernel.workspaces.signing_in import sign_in


@login_not_required
@require_http_methods(["GET", "POST"])
def one_time_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    if not one_time.is_at_home(request):
        raise Http404
    user = one_time.find_user(token)
    if request.method == "POST" and user is not None and one_time.use_up(user):
        sign_in(request, user)
        return redirect(settings.LOGIN_REDIRECT_URL)
    usable = user if request.method == "GET" else None
    status = 200 if usable else 410
    return TemplateResponse(request, "workspaces/one_time_sign_in.html", {"account": usable}, status=status)
