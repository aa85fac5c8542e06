"""Addresses of the outbox, below a workspace."""

from django.urls import path

from dialoog.kernel.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.mail_list, name="mail_list"),
    path("resume/", views.queue_resume, name="queue_resume"),
    path("<int:pk>/", views.mail_detail, name="mail_detail"),
    path("<int:pk>/retry/", views.mail_retry, name="mail_retry"),
    path("<int:pk>/bounced/", views.mail_bounced, name="mail_bounced"),
    path("<int:pk>/html/", views.mail_view, name="mail_view"),
    path("<int:pk>/text/", views.mail_text, name="mail_text"),
    path("<int:pk>/files/<int:position>/", views.mail_attachment, name="mail_attachment"),
    path("<int:pk>/follow/", views.mail_follow, name="mail_follow"),
]
