"""Going to one's own organisation to sign in, whatever hosts it sends its people along."""

from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


@login_not_required
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Allauth's page, with a page of ours between the button and the provider.

    Chromium holds `form-action` against every redirect that follows a form, and no list knows all hosts of
    somebody else's sign-in. So the form ends here, and the page that follows goes on as a plain link does;
    the button keeps its proof against forged requests, and our policy names no other host at all.
    """
    answer: HttpResponse = views.login(request, provider_id)
    if request.method != "POST" or answer.status_code != 302:
        return answer
    return TemplateResponse(request, "socialaccount/going.html", {"address": answer["Location"]})
