"""Organisers' pages: who may see them, what they do, how many queries they cost."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from feedback.actions.answers import count_answers, submit
from feedback.actions.questionnaire import close_questionnaire, prepare_questionnaire
from feedback.actions.report import (
    deliver_report,
    report_correction,
    save_report,
    send_report,
    start_report,
)
from feedback.models import Correction, Questionnaire, Remark, Report, Sheet
from feedback.tests.conftest import AFTER_CLOSING, DAY, NEXT_MORNING
from sessions.actions.conclude import save_contribution, save_outcome
from sessions.actions.follow_up import make_commitment
from sessions.actions.plan import plan_session
from sessions.actions.propose import carry_out_proposal, propose_commitment_change
from sessions.models import ProposalKind, SessionAssignment

pytestmark = pytest.mark.django_db
IN_TIME = DAY + timedelta(days=12)


def at(session, name, *args):
    return reverse(f"feedback:{name}", args=[session.workspace.slug, session.pk, *args])


@pytest.fixture
def counted(questionnaire, people):
    """Everyone has answered, and it was counted."""
    with clock.at(NEXT_MORNING):
        for number, invitation in enumerate(people):
            submit(
                questionnaire=questionnaire,
                invitation=invitation,
                items={code: 1 + (number + place) % 5 for place, code in enumerate(questionnaire.items)},
                remarks=["Hold the next one in Zwolle."] if number == 0 else [],
                may_quote=True,
            )
    with clock.at(AFTER_CLOSING):
        close_questionnaire(questionnaire=questionnaire, by=Actor.system())
    with clock.at(AFTER_CLOSING + timedelta(minutes=1)):
        count_answers(questionnaire=questionnaire)
    return questionnaire


def draft(session, client, **more):
    """The report page posted with what it holds."""
    data = {"decided": "six materials", "as_announced": "yes", "names_kept": "yes", **more}
    return client.post(at(session, "report_edit"), data)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("results", {"anna", "bram", "chaima", "romy"}),
        ("report_detail", {"anna", "bram", "chaima", "romy"}),
        ("report_edit", {"anna", "bram"}),
        ("report_send", {"anna", "bram"}),
    ],
)
def test_pages_open_for_their_roles_only(name, roles, held, clients, chaima):
    SessionAssignment.objects.create(session=held, user=chaima)
    Report.objects.create(session=held, version=1)
    with clock.at(IN_TIME):
        answers = {who: client.get(at(held, name)).status_code for who, client in clients.items()}

    assert answers.pop("eva") == 404
    assert {who for who, status in answers.items() if status in {200, 302}} == roles
    assert all(status == 403 for who, status in answers.items() if who not in roles)


def test_facilitator_sees_only_assigned_meetings(held, as_user, chaima):
    assert as_user(chaima).get(at(held, "results")).status_code == 404


@pytest.mark.parametrize(
    "name", ["questionnaire_save", "questionnaire_open", "questionnaire_close", "report_take_back"]
)
def test_changes_are_for_organisers_and_by_post_only(name, held, clients):
    assert clients["romy"].post(at(held, name)).status_code == 403
    assert clients["eva"].post(at(held, name)).status_code == 404
    assert clients["anna"].get(at(held, name)).status_code == 405


def test_no_figure_shows_before_closing(questionnaire, people, as_user, anna):
    with clock.at(NEXT_MORNING):
        submit(questionnaire=questionnaire, invitation=people[0], items={"TR4": 5})
        page = as_user(anna).get(at(questionnaire.session, "results")).content.decode()

    assert "1 of 17 have answered" in page
    assert "likert" not in page


def test_results_show_bars_table_and_remarks(counted, as_user, anna):
    page = as_user(anna).get(at(counted.session, "results")).content.decode()

    assert "17 of 17 people answered." in page
    assert page.count('class="likert-bar"') == 16
    assert "Hold the next one in Zwolle." in page


def test_reader_sees_figures_but_not_what_people_wrote(counted, as_user, romy):
    page = as_user(romy).get(at(counted.session, "results")).content.decode()

    assert 'class="likert-bar"' in page
    assert "Zwolle" not in page


def test_reading_the_page_makes_no_questionnaire(invited, as_user, anna):
    assert as_user(anna).get(at(invited, "results")).status_code == 200
    assert not Questionnaire.objects.exists()


def test_organiser_takes_groups_together_before_opening(held, as_user, anna):
    groups = list(held.groups.order_by("position").values_list("group_id", flat=True))
    data = {"talk_to": "Noor Hartog", "talk_to_phone": "030 555 00 00", **{f"g{pk}": "0" for pk in groups}}
    with clock.at(NEXT_MORNING):
        response = as_user(anna).post(at(held, "questionnaire_save"), data)

    assert response.status_code == 302
    assert held.clusters.count() == 1
    assert Questionnaire.objects.get().talk_to == "Noor Hartog"


def test_organiser_asks_now_and_closes_early(held, as_user, anna):
    client = as_user(anna)
    with clock.at(NEXT_MORNING):
        client.post(at(held, "questionnaire_open"))
        client.post(at(held, "questionnaire_open"))
        client.post(at(held, "questionnaire_close"))

    questionnaire = Questionnaire.objects.get()
    assert questionnaire.is_closed
    assert held.workspace.mails.count() == 17


def test_report_is_written_looked_at_and_sent(held, as_user, anna):
    client, by = as_user(anna), Actor.user(anna)
    with clock.at(IN_TIME):
        save_outcome(session=held, kind="decision", text="Cotton", by=by)
        contribution = save_contribution(
            session=held, text="Publish the names", people=[held.invitations.first()], by=by
        )
        page = client.get(at(held, "report_edit")).content.decode()
        assert "17 people wait for this" in page
        assert not Report.objects.exists()
        refused = draft(held, client, **{f"response_{contribution.pk}": "not"})
        assert refused.status_code == 422
        assert "Say why this was not adopted." in refused.content.decode()
        assert not Report.objects.exists()
        answer = {f"response_{contribution.pk}": "not", f"reason_{contribution.pk}": "No mandate", "on": "1"}
        response = draft(held, client, **answer)
        assert response.headers["Location"] == at(held, "report_send")
        look = client.get(at(held, "report_send")).content.decode()
        assert "“Publish the names” was not adopted. No mandate." in look
        client.post(at(held, "report_send"), {"when": "now"})
        deliver_report(report=Report.objects.get())
        sent = client.get(at(held, "report_detail")).content.decode()
        pdf = client.get(at(held, "report_pdf", 1))

    assert "Sent on" in sent
    assert pdf.content.startswith(b"%PDF")
    assert Report.objects.get().is_sent


def test_unfinished_report_cannot_go_out(held, as_user, anna):
    client = as_user(anna)
    with clock.at(IN_TIME):
        draft(held, client, decided="", as_announced="")
        response = client.post(at(held, "report_send"), {"when": "now"})

    assert response.status_code == 422
    assert "Say what was decided" in response.content.decode()


def test_planned_report_is_taken_back_on_its_page(held, as_user, anna):
    client = as_user(anna)
    with clock.at(IN_TIME):
        draft(held, client)
        client.post(at(held, "report_send"), {"when": "planned", "day": "2027-03-15"})
        assert client.get(at(held, "report_edit")).status_code == 302
        assert "Goes out on" in client.get(at(held, "report_detail")).content.decode()
        client.post(at(held, "report_take_back"))

    assert Report.objects.get().is_draft


def test_quote_goes_into_the_report_when_ticked(counted, as_user, anna):
    remark = Remark.objects.get()
    with clock.at(IN_TIME):
        draft(counted.session, as_user(anna), quotes=str(remark.pk))

    remark.refresh_from_db()
    assert remark.state == "quoted"


def test_corrections_are_read_and_answered(held, as_user, anna):
    client = as_user(anna)
    with clock.at(IN_TIME):
        draft(held, client)
        report = Report.objects.get()
        send_report(report=report, by=Actor.user(anna))
        deliver_report(report=report)
        invitation = held.invitations.select_related("person").first()
        correction = report_correction(report=report, invitation=invitation, text="I was not there.")
        assert "I was not there." in client.get(at(held, "report_detail")).content.decode()
        client.post(at(held, "correction_answer", correction.pk), {"answer": "Put right."})
        assert "What changed" in client.get(at(held, "report_edit") + "?correct").content.decode()

    assert Correction.objects.get().answer == "Put right."


def queries(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_report_page_costs_the_same_for_one_and_three_contributions(held, as_user, anna):
    client, by = as_user(anna), Actor.user(anna)
    with clock.at(IN_TIME):
        save_contribution(session=held, text="one", people=list(held.invitations.all()), by=by)
        few = queries(client, at(held, "report_edit"))
        for text in ("two", "three"):
            save_contribution(session=held, text=text, people=list(held.invitations.all()), by=by)

        assert queries(client, at(held, "report_edit")) == few
    assert few <= 32


def test_results_of_two_thousand_answers_cost_a_handful_of_queries(questionnaire, as_user, anna):
    chance, clusters = random.Random(1), list(questionnaire.session.clusters.values_list("pk", flat=True))
    Sheet.objects.bulk_create(
        Sheet(
            questionnaire=questionnaire,
            cluster_id=chance.choice(clusters),
            items={code: chance.randint(1, 5) for code in questionnaire.items},
        )
        for _number in range(2000)
    )
    with clock.at(AFTER_CLOSING):
        close_questionnaire(questionnaire=questionnaire, by=Actor.system())
    with clock.at(AFTER_CLOSING + timedelta(minutes=1)):
        count_answers(questionnaire=questionnaire)

    assert Sheet.objects.count() == 2000
    assert queries(as_user(anna), at(questionnaire.session, "results")) <= 20


def test_questions_of_a_meeting_without_date_are_explained(workspace, anna, as_user):
    session = plan_session(workspace=workspace, by=anna)

    assert "Give the meeting a date first" in as_user(anna).get(at(session, "results")).content.decode()


def test_prepared_questionnaire_is_shown_with_its_day(invited, as_user, anna):
    prepare_questionnaire(session=invited)

    page = as_user(anna).get(at(invited, "results")).content.decode()
    assert "People are asked on Wednesday 3 March 2027, 09:00" in page


def test_report_shows_where_a_commitment_stands_now(held, as_user, anna):
    by = Actor.user(anna)
    with clock.at(DAY + timedelta(days=2)):
        save_outcome(session=held, kind="decision", text="Cotton", by=by)
        commitment = make_commitment(
            session=held, text="We freeze orders", owner_name="Haverkamp", due_on=date(2027, 6, 30), by=by
        )
    report = save_report(
        report=start_report(session=held, by=by),
        fields={"decided": "cotton", "as_announced": "yes", "names_kept": True},
        by=by,
    )
    with clock.at(IN_TIME):
        send_report(report=report, by=by)
        deliver_report(report=report)
    with clock.at(IN_TIME + timedelta(days=5)):
        held.refresh_from_db()
        commitment.refresh_from_db()
        proposal = propose_commitment_change(
            commitment=commitment,
            kind=ProposalKind.MOVE,
            to=date(2027, 7, 18),
            reason="The mill asks",
            by=by,
        )
    with clock.at(IN_TIME + timedelta(days=13)):
        carry_out_proposal(proposal=proposal, by=by)
        page = as_user(anna).get(at(held, "report_detail")).content.decode()

    assert '<s><span class="vh">Was: </span>30 June</s> by 18 July. Reason: ' in page
    assert "The mill asks" in page
    assert "Agreed by 0 of 17." in page
    assert "Comes later" in page
