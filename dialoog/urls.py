"""Every address of Dialoog. Organisers' pages live under their workspace, guests' under /guest/."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("dialoog.kernel.members.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("w/<slug:workspace>/people/", include("stakeholders.urls")),
    path("w/<slug:workspace>/mails/", include("dialoog.kernel.outbox.urls")),
    path("w/<slug:workspace>/settings/", include("dialoog.kernel.members.urls")),
    path("w/<slug:workspace>/", include("feedback.urls")),
    path("w/<slug:workspace>/", include("sessions.urls")),
    path("", include("sessions.views.endorse_urls")),
    path("", include("dialoog.portal.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("ui/", include("dialoog.kernel.ui.urls"))]
