"""Addresses of people, organisations and groups, under a workspace's people/."""

from django.urls import path

from stakeholders.views import importing, organisations, people

app_name = "stakeholders"
urlpatterns = [
    path("", people.person_list, name="person_list"),
    path("new/", people.person_new, name="person_new"),
    path("export.csv", people.person_export, name="person_export"),
    path("languages/", people.person_languages, name="person_languages"),
    path("import/", importing.person_import, name="person_import"),
    path("import/<int:pk>/", importing.person_import_preview, name="person_import_preview"),
    path("<int:pk>/", people.person_detail, name="person_detail"),
    path("<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("<int:pk>/archive/", people.person_archive, name="person_archive"),
    path("<int:pk>/link/", people.person_link, name="person_link"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path("groups/", organisations.group_list, name="group_list"),
    path("groups/new/", organisations.group_new, name="group_new"),
    path("groups/<int:pk>/edit/", organisations.group_edit, name="group_edit"),
    path("groups/<int:pk>/retire/", organisations.group_retire, name="group_retire"),
]
