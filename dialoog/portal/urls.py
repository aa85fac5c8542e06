"""Addresses of home, of the page of a meeting, and of guests."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("dialoog.portal.home.urls")),
    path("w/<slug:workspace>/sessions/", include("dialoog.portal.session_page.urls")),
    path("w/<slug:workspace>/sessions/", include("dialoog.portal.translations.urls")),
    path("w/<slug:workspace>/settings/members/", include("dialoog.portal.facilitators.urls")),
    path("w/<slug:workspace>/people/", include("dialoog.portal.privacy.urls")),
    path("w/<slug:workspace>/people/", include("dialoog.portal.merging.urls")),
    path("", include("dialoog.portal.guest.urls")),
]
