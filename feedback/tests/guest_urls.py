"""Mounts the guest bodies of feedback as the guest's own module does, for one invitation after its id."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from feedback.views import guest
from sessions.models import Invitation

SHELL = {"contact": {"name": "Eva Kuipers", "organisation": "Home & Table", "phone": "070 555 01 23"}}


def _invitation(pk: int) -> Invitation:
    return Invitation.objects.select_related("person", "session__dialogue__workspace").get(pk=pk)


@login_not_required
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    refused = request.headers.get("X-Refused") == "1"
    return guest.guest_feedback(
        request, _invitation(pk), shell=lambda: SHELL, home_url="/home/", refused=refused
    )


@login_not_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return guest.guest_report(request, _invitation(pk), shell=lambda: SHELL, home_url="/home/")


@login_not_required
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return guest.guest_report_pdf(request, _invitation(pk))


urlpatterns = [
    path("g/feedback/<int:pk>/", feedback),
    path("g/report/<int:pk>/", report),
    path("g/report/<int:pk>/pdf/", report_pdf),
    path("", include("dialoog.urls")),
]
