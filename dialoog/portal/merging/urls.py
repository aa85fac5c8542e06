"""Addresses of two people becoming one, inside a workspace."""

from django.urls import path

from dialoog.portal.merging import views

urlpatterns = [
    path("doubles/", views.double_list, name="double_list"),
    path("<int:pk>/same-as/", views.person_double, name="person_double"),
    path("<int:pk>/same-as/<int:other>/", views.person_merge, name="person_merge"),
]
