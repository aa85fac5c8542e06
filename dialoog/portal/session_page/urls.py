"""Addresses of the page of a meeting; included by the portal."""

from django.urls import path

from dialoog.portal.session_page import views

_POINT = "<int:pk>/points/<str:check>/"
urlpatterns = [
    path("<int:pk>/", views.session_detail, name="session_detail"),
    path(_POINT, views.finding_detail, name="finding_detail"),
    path(_POINT + "later/", views.finding_later, name="finding_later"),
    path(_POINT + "aside/", views.finding_aside, name="finding_aside"),
    path(_POINT + "return/", views.finding_return, name="finding_return"),
]
