"""An address that mail servers do not accept is told where it is mended, until it is."""

import pytest
from django.db import IntegrityError, transaction

from dialoog.kernel.audit.actor import Actor
from dialoog.testing.factories import invite, make_promised_session
from sessions.readiness.registry import open_findings
from stakeholders.actions.people import change_person, erase_person
from stakeholders.models import Channel, Person
from stakeholders.testing import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LIST = "Naam\tOrganisatie\tE-mail\tTelefoon\nBjörn Faber\tFaber\tbjörn@faber.example\t"
SAID = "In your list stood “björn@faber.example”: it has letters that mail servers do not accept."


@pytest.fixture
def client(anna, as_user):
    return as_user(anna)


def add(client, workspace, text=LIST):
    page = client.post(workspace.url("stakeholders:person_import"), {"text": text}, follow=True)
    columns = {field.name: field.value() for field in page.context["preview"].form if field.value()}
    client.post(page.request["PATH_INFO"], columns | {"confirm": "1"})
    return Person.objects.get(name="Björn Faber")


def save(client, person, **fields):
    address = person.workspace.url("stakeholders:person_edit", person.pk)
    data = {field.name: field.value() or "" for field in client.get(address).context["form"]}
    answer = client.post(address, data | fields)
    person.refresh_from_db()
    return answer


def test_what_the_list_gave_is_shown_where_it_is_mended(client, workspace):
    person = add(client, workspace)

    for name in ("person_edit", "person_detail"):
        assert SAID in client.get(workspace.url(f"stakeholders:{name}", person.pk)).content.decode()
    assert "björn@faber.example" in client.get(workspace.url("stakeholders:person_list")).content.decode()


def test_a_good_address_mends_it_and_the_person_gets_mail(client, workspace):
    person = add(client, workspace)

    assert save(client, person, email="bjorn@faber.example").status_code == 302

    assert (person.unusable_email, person.channel) == ("", Channel.MAIL)
    assert SAID not in client.get(workspace.url("stakeholders:person_edit", person.pk)).content.decode()


def test_a_telephone_number_mends_it_too(client, workspace):
    person = add(client, workspace)

    save(client, person, phone="0320 555 010")

    assert (person.unusable_email, person.channel, person.is_reachable) == ("", Channel.PHONE, True)


def test_anything_else_that_is_changed_leaves_it_standing(client, workspace):
    person = add(client, workspace)

    save(client, person, job="directeur")

    assert (person.unusable_email, person.job) == ("björn@faber.example", "directeur")


def test_beside_a_telephone_number_it_is_kept_until_the_way_changes(client, workspace):
    person = add(client, workspace, LIST + "0320 555 010")

    save(client, person, job="directeur")
    assert person.unusable_email == "björn@faber.example"
    save(client, person, phone="0320 555 011")
    assert person.unusable_email == ""


def test_a_later_list_with_a_good_address_mends_it(client, workspace):
    add(client, workspace)

    person = add(client, workspace, LIST.replace("björn@", "bjorn@"))

    assert (person.unusable_email, person.email, person.channel) == ("", "bjorn@faber.example", Channel.MAIL)


def test_somebody_known_without_address_gets_it_to_be_mended(client, workspace):
    make_person(workspace, name="Björn Faber", channel=Channel.PHONE)

    assert add(client, workspace, LIST.replace("\tFaber\t", "\t\t")).unusable_email == "björn@faber.example"


def test_who_has_an_address_has_none_that_cannot_be_used(workspace):
    with pytest.raises(IntegrityError, match="person_unusable_email_without_email"), transaction.atomic():
        make_person(workspace, unusable_email="björn@faber.example")


def test_it_is_forgotten_with_the_person(client, workspace, anna):
    person = erase_person(person=add(client, workspace), by=Actor.user(anna))

    assert person.unusable_email == ""


def test_an_action_that_gives_an_address_clears_it(client, workspace, anna):
    person = add(client, workspace)

    change_person(person=person, by=Actor.user(anna), email="b@faber.example", channel=Channel.MAIL)

    person.refresh_from_db()
    assert person.unusable_email == ""


def test_who_cannot_be_reached_is_led_to_that_field(client, workspace, anna):
    session = make_promised_session(workspace=workspace, contact=anna, days=60, version=1)
    invite(session=session, person=add(client, workspace))

    found = open_findings(session)
    (finding,) = [each for each in (*found.shown, *found.rest) if each.id == "channel"]
    page = client.get(workspace.url("sessions:invite_send", session.pk)).content.decode()

    assert finding.mend_at == "id_email"
    assert "/edit/?next=" in page
    assert "#id_email" in page
