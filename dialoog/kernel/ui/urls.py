"""The style guide, reachable only while developing."""

from django.urls import path

from dialoog.kernel.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("screen/", views.screen, name="screen"),
    path("guest/", views.guest, name="guest"),
    path("mail/", views.mail, name="mail"),
    path("paper/", views.paper, name="paper"),
    path("entrance/", views.entrance, name="entrance"),
]
