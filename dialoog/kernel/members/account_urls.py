"""Addresses of a person's own account, beside allauth's; these come first and close what we do not use."""

from allauth.socialaccount.views import login_cancelled
from django.urls import path

from dialoog.kernel.members import account_views
from dialoog.kernel.workspaces import one_time_views, provider_views

urlpatterns = [
    path("profile/", account_views.profile, name="profile"),
    path("language/", account_views.language_choose, name="set_language"),
    path("sessions/", account_views.place_list, name="usersessions_list"),
    path("workspaces/<slug:slug>/leave/", account_views.workspace_leave, name="workspace_leave"),
    path("second-step/<str:token>/", account_views.second_step_reset, name="second_step_reset"),
    path("oidc/<str:provider_id>/login/", provider_views.provider_login, name="openid_connect_login"),
    path("join/<str:token>/", account_views.invitation_accept, name="invitation_accept"),
    path("once/<str:token>/", one_time_views.one_time_sign_in, name="one_time_sign_in"),
    # nobody has a password (docs/decisions.md 6), and accounts elsewhere are found by address, never linked
    path("password/<path:rest>", account_views.closed),
    path("3rdparty/login/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/", account_views.closed),
    path("3rdparty/<path:rest>", account_views.closed),
]
