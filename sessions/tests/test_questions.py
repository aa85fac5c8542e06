"""Questions people asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.testing.factories import ask, invite, make_sent_session
from sessions.actions.respond import answer_question

pytestmark = pytest.mark.django_db


def test_waiting_questions_come_first_and_are_counted(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    done = ask(invitation=invite(session=session), text="Where is it?")
    answer_question(question=done, answer="In The Hague", for_everyone=True, by=bram)
    waiting = ask(invitation=invite(session=session), text="May I bring somebody?")

    response = as_user(bram).get(workspace.url("sessions:question_list", session.pk))

    assert list(response.context["waiting"]) == [waiting]
    assert list(response.context["answered"]) == [done]
    assert ("questions", "sessions:question_list", "Questions", 1) in response.context["tabs"]


def test_an_answer_is_for_the_asker_or_for_everyone_and_may_be_changed(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    question = ask(invitation=invite(session=session))
    client = as_user(bram)
    url = workspace.url("sessions:question_edit", session.pk, question.pk)

    client.post(url, {"answer": "Yes, gladly.", "whom": "everyone"})
    question.refresh_from_db()
    first = (question.answer, question.for_everyone, question.answered_by)
    client.post(url, {"answer": "Yes, one.", "whom": "asker"})
    question.refresh_from_db()

    assert first == ("Yes, gladly.", True, bram)
    assert (question.answer, question.for_everyone) == ("Yes, one.", False)


def test_an_answer_for_nobody_in_particular_keeps_what_was_typed(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    question = ask(invitation=invite(session=session))

    response = as_user(bram).post(
        workspace.url("sessions:question_edit", session.pk, question.pk), {"answer": "Yes, gladly."}
    )

    question.refresh_from_db()
    assert response.status_code == 422
    assert "Yes, gladly." in response.content.decode()
    assert question.answer == ""


def test_no_questions_says_where_they_will_come_from(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)

    page = as_user(bram).get(workspace.url("sessions:question_list", session.pk)).content.decode()

    assert "No questions yet" in page


def test_the_list_is_flat(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    client = as_user(bram)
    url = workspace.url("sessions:question_list", session.pk)

    def add() -> None:
        ask(invitation=invite(session=session))
        done = ask(invitation=invite(session=session))
        answer_question(question=done, answer="Yes", for_everyone=False, by=bram)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    add()
    one = queries()
    add()
    add()

    assert queries() == one


@pytest.mark.parametrize("name", ["question_list", "question_edit"])
def test_roles_and_strangers(name, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    session = make_sent_session(workspace=workspace)
    question = ask(invitation=invite(session=session))
    args = [session.pk] if name == "question_list" else [session.pk, question.pk]
    url = workspace.url(f"sessions:{name}", *args)

    seen = [as_user(user).get(url).status_code for user in (anna, eva, chaima, romy)]

    assert seen == [200, 404, 403, 403]
