"""The demo loads whole, once, with figures that the code computed; and it goes whole."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from dialoog.kernel.audit.trail import first_break
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.workspaces.actions import found_workspace, make_user
from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.portal.demo.load import load_demo, remove_demo
from feedback.models import Questionnaire, ReportStatus, Sheet
from feedback.telling import results_of
from sessions.models import Answer, Attendance, BriefingKind, Influence, Invitation, PlannedState, Status
from sessions.proposals import agreed_by
from stakeholders.models import Person

pytestmark = pytest.mark.slow

TITLES = ("Welke grondstoffen pakken we samen aan?", "Talk about work with sandstone", "Wat zegt de enquête?")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, and taken away again."""
    with django_db_blocker.unblock():
        owner = make_user(email="owner@example.org", name="Marieke de Wit", language="nl")
        own = found_workspace(name="My organisation", owner=owner)
        yield load_demo(owner=owner)
        remove_demo()
        own.delete()
        User.objects.all().delete()


def session_of(demo, title):
    return demo.dialogues.get(sessions__title=title).sessions.get()


def test_three_meetings_stand_at_different_moments(demo, db):
    hague, rajasthan, survey = (session_of(demo, title) for title in TITLES)

    assert (hague.status, rajasthan.status, survey.status) == (Status.REPORTED, Status.INVITING, Status.DRAFT)
    assert hague.has_ended
    assert not rajasthan.has_started
    assert rajasthan.timezone == "Asia/Kolkata"
    assert (rajasthan.ends_at - rajasthan.starts_at).days == 2


def test_people_work_in_it_beside_its_owner(demo, db):
    names = set(demo.members.values_list("name", flat=True))

    assert {"Marieke de Wit", "Eva Kuipers", "Tim Ludema"} <= names


def test_the_figures_of_the_questionnaire_come_out_of_the_code(demo, db):
    questionnaire = Questionnaire.objects.get(session=session_of(demo, TITLES[0]))

    results = results_of(questionnaire)

    assert (results.answered, results.asked) == (17, 20)
    assert [cluster.answers for cluster in results.clusters] == [6, 6, 5]
    means = {bars.code: [mean for _cluster, mean in bars.means] for bars in results.bars}
    assert means["TR4"] == [4.5, 4.0, 4.2]
    assert means["IN1"] == [3.0, 3.8, 3.6]
    assert means["KE2"] == [3.7, 4.3, 4.2]
    assert means["VE1"] == [4.3, 4.0, 4.4]


def test_twenty_took_part_and_four_companies_stayed_away(demo, db):
    session = session_of(demo, TITLES[0])
    invitations = session.invitations

    assert invitations.took_part().count() == 20
    assert invitations.filter(answer=Answer.NO).count() == 4
    assert invitations.filter(attendance=Attendance.DEPUTY).count() == 1
    assert session.questions.exclude(answer="").count() == session.questions.count() == 2
    assert session.endorsements.get().agreed


def test_the_report_was_sent_before_the_promised_day(demo, db):
    session = session_of(demo, TITLES[0])
    report = session.reports.get()

    assert report.status == ReportStatus.SENT
    assert report.sent_at.date() < session.report_by
    done = session.commitments.filter(status="done").order_by("number")
    assert list(done.values_list("number", flat=True)) == [1, 4, 5]
    late = session.commitments.with_changes().get(number=3)
    assert late.due_on > late.first_due_on
    assert agreed_by(late) == "agreed by 2 of 3"
    assert set(session.commitments.values_list("told_in", flat=True)) == {1}
    assert OutgoingMail.objects.filter(workspace=demo, body__kind="proposal").count() == 3


def test_workers_answer_through_somebody_they_trust(demo, db):
    workers = Invitation.objects.filter(session=session_of(demo, TITLES[1]), person__group__key="workers")

    assert sorted(workers.values_list("person__name", flat=True)) == ["W1", "W2", "W3", "W4", "W5", "W6"]
    assert {row.person.intermediary.name for row in workers} == {"Sunita Meena"}
    assert workers.exclude(answer="").count() == 2
    assert session_of(demo, TITLES[1]).groups.get(group__key="workers").influence == Influence.EMPOWER
    pack = session_of(demo, TITLES[1]).briefings.get(kind=BriefingKind.PACK)
    assert pack.sent_at is not None


def test_the_survey_talk_stands_in_screen_five(demo, db):
    session = session_of(demo, TITLES[2])

    assert session.invitations.count() == 8
    assert session.groups.exclude(why_you="").count() == 2
    assert session.drafts.get().screen == "table"


def test_mails_left_at_the_moments_of_the_story_and_stay_here(demo, db):
    mails = OutgoingMail.objects.filter(workspace=demo)

    assert set(mails.values_list("status", flat=True)) == {"sent"}
    assert all(mails.values_list("is_sandboxed", flat=True))
    assert all(mail.sent_at == mail.due_at for mail in mails)
    assert all(mail.to_email.endswith(".example.org") for mail in mails)


def test_nothing_planned_was_missed_and_the_trail_holds(demo, db):
    states = {
        row.state for dialogue in demo.dialogues.all() for row in dialogue.sessions.get().planned_mails.all()
    }

    assert PlannedState.MISSED not in states
    assert first_break(demo) is None


def test_the_demo_loads_once(demo, db):
    out = StringIO()

    with pytest.raises(DomainError, match="already"):
        load_demo(owner=demo.members.first())
    call_command("demo", stdout=out)

    assert "already" in out.getvalue()
    assert Workspace.objects.filter(is_demo=True).count() == 1


def test_it_goes_whole(demo, db):
    assert Person.objects.filter(workspace=demo).exists()

    assert remove_demo()

    own = {"workspaces.user", "workspaces.workspace", "workspaces.membership", "account.emailaddress"}
    django = {"contenttypes.contenttype", "auth.permission", "files.storedfile"}
    left = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._default_manager.exists() and model._meta.label_lower not in own | django
    }
    assert left == set()
    assert Workspace.objects.get().name == "My organisation"
    assert not Sheet.objects.exists()


def test_it_is_refused_where_mail_is_real(db, settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="real mail"):
        call_command("demo")
