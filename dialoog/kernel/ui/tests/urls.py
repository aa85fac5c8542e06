"""The style guide with the pages its menus lead to, as stand-ins."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def stand_in(_request: HttpRequest, workspace: str) -> HttpResponse:
    return HttpResponse(workspace)


def _app(name: str, page: str) -> tuple[list, str]:
    return [path("", stand_in, name=page)], name


urlpatterns = [
    path("accounts/", include("dialoog.kernel.members.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("w/<slug:workspace>/", include(_app("portal", "home"))),
    path("w/<slug:workspace>/meetings/", include(_app("sessions", "session_list"))),
    path("w/<slug:workspace>/people/", include(_app("stakeholders", "person_list"))),
    path("w/<slug:workspace>/mails/", include(_app("outbox", "mail_list"))),
    path("ui/", include("dialoog.kernel.ui.urls")),
]
