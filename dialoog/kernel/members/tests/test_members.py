"""Roles, leaving and settings; the last owner stays, also when two leave at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.audit.trail import first_break
from dialoog.kernel.errors import DomainError
from dialoog.kernel.members.actions import change_role, open_workspace, put_in, remove_member
from dialoog.kernel.workspaces.actions import add_member
from dialoog.kernel.workspaces.models import Membership, Workspace
from dialoog.kernel.workspaces.policy import Role


def membership_of(workspace, user) -> Membership:
    return workspace.memberships.get(user=user)


def test_a_role_is_changed_and_recorded_once(workspace, anna, bram, as_user):
    address = workspace.url("workspaces:member_change", membership_of(workspace, bram).pk)
    client = as_user(anna)

    for _attempt in range(2):
        client.post(address, {"save": "", "role": "reader"})

    assert membership_of(workspace, bram).role == Role.READER
    event = AuditEvent.objects.on(bram).get()
    assert (event.verb, event.actor_id) == ("member_role_changed", anna.pk)
    assert event.data == {"before": "organiser", "after": "reader"}
    assert first_break(workspace) is None


def test_a_made_up_role_changes_nothing(workspace, anna, bram, as_user):
    address = workspace.url("workspaces:member_change", membership_of(workspace, bram).pk)

    as_user(anna).post(address, {"save": "", "role": "emperor"})

    assert membership_of(workspace, bram).role == Role.ORGANISER


def test_the_last_owner_can_neither_be_demoted_nor_leave(workspace, anna, as_user):
    client, address = as_user(anna), f"/accounts/workspaces/{workspace.slug}/leave/"
    row = membership_of(workspace, anna)

    page = client.post(
        workspace.url("workspaces:member_change", row.pk), {"save": "", "role": "reader"}, follow=True
    )
    left = client.post(address)

    assert "at least one owner" in page.content.decode()
    assert left.status_code == 422
    assert "at least one owner" in left.content.decode()
    assert membership_of(workspace, anna).role == Role.OWNER


def test_an_owner_who_demotes_himself_is_not_left_at_a_closed_door(workspace, anna, bram, as_user):
    Membership.objects.filter(user=bram).update(role=Role.OWNER)
    address = workspace.url("workspaces:member_change", membership_of(workspace, anna).pk)

    answer = as_user(anna).post(address, {"save": "", "role": "organiser"}, follow=True)

    assert answer.status_code == 200
    assert membership_of(workspace, anna).role == Role.ORGANISER


def test_a_member_leaves_and_sees_nothing_any_more(workspace, bram, as_user):
    client = as_user(bram)
    assert client.get(f"/accounts/workspaces/{workspace.slug}/leave/").status_code == 200
    assert workspace.memberships.filter(user=bram).exists()

    client.post(f"/accounts/workspaces/{workspace.slug}/leave/")

    assert client.get(workspace.url("portal:home")).status_code == 404
    assert [event.verb for event in AuditEvent.objects.on(bram)] == ["member_left"]


def test_a_stranger_cannot_even_leave(workspace, eva, as_user):
    assert as_user(eva).get(f"/accounts/workspaces/{workspace.slug}/leave/").status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["demote each other", "both leave"])
def test_two_owners_at_the_same_moment_leave_one(workspace, anna, bram, way):
    Membership.objects.filter(user=bram).update(role=Role.OWNER)
    rows = {user: membership_of(workspace, user) for user in (anna, bram)}

    def act(user) -> bool:
        other = bram if user == anna else anna
        try:
            if way == "both leave":
                remove_member(membership=rows[user], by=user)
            else:
                change_role(membership=rows[other], role=Role.READER, by=user)
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(act, [anna, bram]))

    assert sorted(done) == [False, True]
    assert workspace.memberships.filter(role=Role.OWNER).count() == 1


def test_the_settings_are_saved_and_say_what_changed(workspace, anna, as_user):
    address = "Nieuwe Gracht 1\n3512 AA Utrecht"
    fields = {
        "name": "Home",
        "language": "nl",
        "timezone": "Asia/Dhaka",
        "country": "BE",
        "postal_address": address,
    }

    as_user(anna).post(workspace.url("workspaces:workspace_edit"), fields)

    workspace.refresh_from_db()
    assert (workspace.name, workspace.language, workspace.timezone) == ("Home", "nl", "Asia/Dhaka")
    assert workspace.country == "BE"
    assert workspace.postal_address.splitlines() == address.splitlines()
    event = AuditEvent.objects.on(workspace).get()
    assert event.data == {"fields": ["country", "language", "name", "postal_address", "timezone"]}


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\x00b"])
def test_a_name_that_cannot_be_is_kept_on_the_page(workspace, anna, as_user, name):
    fields = {"name": name, "language": "nl", "timezone": "UTC", "country": "NL", "postal_address": ""}

    assert as_user(anna).post(workspace.url("workspaces:workspace_edit"), fields).status_code == 422
    workspace.refresh_from_db()
    assert workspace.name == "Home & Table"


def test_the_menu_offers_other_workspaces_to_who_has_them(workspace, anna, eva, as_user):
    home = workspace.url("workspaces:workspace_edit")
    assert "Your workspaces" not in as_user(anna).get(home).content.decode()
    add_member(workspace=eva.workspaces.get(), user=anna, role=Role.READER)

    client = as_user(anna)

    assert "Your workspaces" in client.get(home).content.decode()
    choice = client.get("/").content.decode()
    assert all(f"/w/{each.slug}/" in choice for each in anna.workspaces.all())


@pytest.mark.parametrize("page", ["workspaces:member_list", "workspaces:workspace_edit"])
def test_only_an_owner_sees_the_settings(workspace, bram, as_user, page):
    assert as_user(bram).get(workspace.url(page)).status_code == 403


def trail(workspace) -> list[tuple[str, str, object]]:
    events = AuditEvent.objects.filter(workspace=workspace).order_by("number")
    return [(event.verb, event.actor_kind, event.data.get("role")) for event in events]


def test_a_workspace_made_by_a_command_begins_its_trail_with_that(db):
    call_command("create_workspace", "Wool", "--owner", "ina@example.org")

    workspace = Workspace.objects.get()
    assert trail(workspace) == [("workspace_founded", "system", None), ("member_joined", "system", "owner")]
    assert first_break(workspace) is None


def test_who_is_put_in_twice_is_recorded_once(workspace, eva):
    for _time in range(2):
        put_in(workspace=workspace, user=eva, role=Role.READER, by=Actor.system())

    assert trail(workspace) == [("member_joined", "system", "reader")]


def test_members_read_as_text_until_somebody_changes_them(workspace, anna, bram, as_user):
    page = as_user(anna).get(workspace.url("workspaces:member_list")).content.decode()

    assert page.count('<details class="row-fold">') == 2
    assert '<td data-label="Role">Organiser' in page


def test_account_pages_lead_back_to_the_workspace_used_last(workspace, anna, eva, as_user):
    second = open_workspace(name="Second", owner=anna, by=Actor.user(anna))
    client = as_user(anna)
    assert "Back to your workspaces" in client.get("/accounts/profile/").content.decode()

    for each in (second, workspace, second):
        client.get(each.url("portal:home"))
        assert f'href="{each.url("portal:home")}"' in client.get("/accounts/2fa/").content.decode()

    client.cookies["dialoog_workspace"] = eva.workspaces.get().slug
    assert "Elsewhere" not in client.get("/accounts/profile/").content.decode()


def test_who_is_in_one_workspace_finds_the_way_back_at_once(workspace, bram, as_user):
    assert "Back to Home &amp; Table" in as_user(bram).get("/accounts/email/").content.decode()
