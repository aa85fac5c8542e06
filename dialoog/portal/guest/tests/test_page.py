"""The guest page at its moments, and what is typed on it."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from dialoog.kernel import clock
from dialoog.kernel.audit.models import AuditEvent
from dialoog.portal.guest.tests.conftest import NOW
from sessions.actions.invite import replace_by_deputy, withdraw_invitation
from sessions.actions.respond import answer_question
from sessions.models import (
    AgendaItem,
    Answer,
    BriefingChange,
    ChangeSize,
    Clear,
    DateMode,
    DateOption,
    DialogueSession,
    Invitation,
    Question,
    Status,
    Via,
    Wish,
    WishKind,
)
from stakeholders.models import Person


def url(name, invitation):
    return reverse(f"portal:guest_{name}", args=[invitation.pk])


def sent(invitation, **fields):
    return {"person": invitation.person_id, **fields}


def answer(phone, invitation, follow=False, **fields):
    return phone.post(url("answer", invitation), sent(invitation, **fields), follow=follow)


def test_what_comes_says_by_which_day_is_decided(phone, invitation, meeting):
    line = "1 April</time> <span>The board decides, by this day at the latest</span>"
    assert line not in phone.get(url("detail", invitation)).content.decode()

    DialogueSession.objects.filter(pk=meeting.pk).update(adopts_by=date(2027, 4, 1))
    assert line in phone.get(url("detail", invitation)).content.decode()

    DialogueSession.objects.filter(pk=meeting.pk).update(decides="no")
    assert "The board decides" not in phone.get(url("detail", invitation)).content.decode()


def test_invited_shows_the_promise_in_the_words_of_the_mail(phone, invitation):
    page = phone.get(url("detail", invitation)).content.decode().partition("<body>")[2]

    order = [
        "Anna de Boer",
        "Which raw materials",
        "Tuesday 2 March 2027",
        "Why you",
        "What went wrong last time",
    ]
    order += ["You help make the outcome", "Give your answer", "What you may expect", "Goal", "Confidential"]
    order += ["Will you be there?", "Is this clear?", "You agree to nothing with this.", "Forget this phone"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "checked" not in page
    assert "Read by Anna and Tim." in page


def test_the_left_circle_is_who_decides(phone, invitation):
    """As the sentence beside it says, and the paper."""
    page = phone.get(url("detail", invitation)).content.decode()

    assert "The left circle: The board. The right circle: the people at the table." in page


def test_who_reads_it_is_said_with_the_right_verb(phone, invitation, meeting):
    Person.objects.filter(pk=invitation.person_id).update(language="nl")
    assert "Anna en Tim lezen dit." in phone.get(url("detail", invitation)).content.decode()

    DialogueSession.objects.filter(pk=meeting.pk).update(deputy_name="")
    assert "Anna leest dit." in phone.get(url("detail", invitation)).content.decode()


def test_answer_is_kept_and_thanked_for(phone, invitation):
    response = answer(phone, invitation, follow=True, answer="yes", clear="yes")

    invitation.refresh_from_db()
    assert (invitation.answer, invitation.clear, invitation.via) == (Answer.YES, Clear.YES, Via.PAGE)
    assert "Thank you. Anna sees this." in response.content.decode()
    assert "You come on Tuesday 2 March 2027" in response.content.decode()


def test_answer_sent_twice_is_recorded_once(phone, invitation):
    for _attempt in range(2):
        answer(phone, invitation, answer="yes")

    verbs = [event.verb for event in AuditEvent.objects.on(invitation)]
    assert verbs == ["invitation_answered"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"answer": "partly", "note": "only online"}, {"answer_note": "only online"}),
        ({"answer": "no", "decline_reasons": ["far", "date"]}, {"decline_reasons": ["date", "far"]}),
        ({"answer": "deputy", "deputy_name": "Noor"}, {"deputy_name": "Noor"}),
        ({"answer": "later", "know_on": "2027-02-01"}, {"know_on": datetime(2027, 2, 1, tzinfo=UTC).date()}),
    ],
)
def test_each_answer_keeps_what_belongs_to_it(phone, invitation, fields, kept):
    response = answer(phone, invitation, follow=True, **fields)

    invitation.refresh_from_db()
    assert response.status_code == 200
    assert {name: getattr(invitation, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("mode", "link", "offered"),
    [
        ("place", "", "Yes, for a part"),
        ("place", "https://talk.example.org/1", "Yes, partly or online"),
        ("both", "", "Yes, partly or online"),
        ("online", "https://talk.example.org/1", "Yes, for a part"),
    ],
)
def test_online_is_offered_only_where_somebody_can_take_part_online(phone, invitation, mode, link, offered):
    session = invitation.session
    type(session).objects.filter(pk=session.pk).update(place_mode=mode, online_link=link)

    page = phone.get(url("answer", invitation)).content.decode()

    assert offered in page
    assert page.count("Yes, for a part") + page.count("Yes, partly or online") == 1


def test_answer_without_choice_is_refused_and_keeps_the_question(phone, invitation):
    response = answer(phone, invitation, clear="question", question="Who pays the train?")

    assert response.status_code == 422
    assert "Please choose." in response.content.decode()
    assert "Who pays the train?" in response.content.decode()
    assert not Question.objects.exists()


def test_question_without_words_is_refused_whole(phone, invitation):
    response = answer(phone, invitation, answer="yes", clear="question")

    invitation.refresh_from_db()
    assert response.status_code == 422
    assert "Write your question" in response.content.decode()
    assert invitation.answer == ""


def test_words_without_a_tick_are_a_question(phone, invitation):
    answer(phone, invitation, answer="yes", clear="yes", question="Who pays the train?")

    assert [q.text for q in Question.objects.all()] == ["Who pays the train?"]


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "😀" * 300, "مرحبا بكم جميعا", "a\x00b", "<script>alert(1)</script>", "\ud800"]
)
def test_any_text_is_taken_or_refused_in_a_sentence(phone, invitation, text):
    answer(phone, invitation, answer="yes")
    typed = text.encode("utf-8", "replace").decode()

    response = phone.post(url("wishes", invitation), sent(invitation, agenda=typed), follow=True)

    assert response.status_code in {200, 422}
    if len(typed) > 5000:
        assert "at most 5000" in response.content.decode()
    else:
        assert "\x00" not in Wish.objects.get().text
    assert "<script>" not in response.content.decode()


def test_form_of_somebody_else_is_refused_and_kept(phone, invitation, noor):
    response = phone.post(
        url("answer", invitation), {"person": noor.person_id, "answer": "no", "question": "For Noor"}
    )

    invitation.refresh_from_db()
    assert response.status_code == 422
    assert "This form is not of Daan Yilmaz" in response.content.decode()
    assert "For Noor" in response.content.decode()
    assert invitation.answer == ""


def test_form_posted_with_anothers_link_open_gives_the_words_back(open_link, invitation, noor):
    phone = open_link(noor.person)

    response = answer(phone, invitation, answer="no", question="My own words")

    invitation.refresh_from_db()
    assert response.status_code == 403
    assert "My own words" in response.content.decode()
    assert "Daan" not in response.content.decode()
    assert invitation.answer == ""


def test_late_answer_is_welcome_with_a_sentence(phone, invitation):
    with clock.at(NOW + timedelta(days=20)):
        page = phone.get(url("detail", invitation)).content.decode()
        answer(phone, invitation, answer="yes")

    invitation.refresh_from_db()
    assert "We asked for your answer before 5 February. It is still welcome." in page
    assert invitation.answer == Answer.YES


def test_after_the_start_the_page_is_closed_with_a_telephone_number(phone, invitation):
    with clock.at(datetime(2027, 3, 2, 9, 30, tzinfo=UTC)):
        page = phone.get(url("detail", invitation)).content.decode()
        response = answer(phone, invitation, answer="yes", question="Which floor?")

    invitation.refresh_from_db()
    assert "The meeting has started" in page
    assert "Call Anna: 070 555 01 01" in page
    assert response.status_code == 422
    assert "already started" in response.content.decode()
    assert "Which floor?" in response.content.decode()
    assert invitation.answer == ""


def test_on_the_day_itself_the_programme_and_the_rules_stay_at_hand(phone, invitation, meeting, send_pack):
    DialogueSession.objects.filter(pk=meeting.pk).update(rules="One speaks at a time.")
    send_pack(invitation)
    with clock.at(datetime(2027, 3, 2, 9, 30, tzinfo=UTC)):
        page = phone.get(url("detail", invitation)).content.decode()
        response = answer(phone, invitation, answer="no")

    invitation.refresh_from_db()
    assert "The meeting has started" in page
    assert 'id="programme"' in page
    assert "One speaks at a time." in page
    assert "Call Anna: 070 555 01 01" in page
    assert "Give your answer" not in page
    assert response.status_code == 422
    assert invitation.answer == ""


def test_cancelled_meeting_is_said_plainly(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "This meeting is cancelled" in page
    assert "Will you be there?" not in page


def test_withdrawn_invitation_is_explained(phone, invitation, anna):
    withdraw_invitation(invitation=invitation, by=anna)

    response = phone.get(url("detail", invitation))

    assert response.status_code == 410
    assert "You are no longer invited to this meeting." in response.content.decode()
    assert "070 555 01 01" in response.content.decode()


def test_old_link_of_somebody_replaced_is_for_reading_only(phone, invitation, make_person, anna):
    replace_by_deputy(invitation=invitation, deputy=make_person("Noor Jansen"), by=anna)

    page = phone.get(url("detail", invitation)).content.decode()
    response = answer(phone, invitation, answer="yes")

    assert "Someone else comes in your place" in page
    assert "What you may expect" in page
    assert "Send your answer" not in page
    assert response.status_code == 422


def test_wishes_are_kept_changed_and_shown_again(phone, invitation):
    answer(phone, invitation, answer="yes")
    for text in ("Cotton", "Cotton and rattan"):
        phone.post(url("wishes", invitation), sent(invitation, agenda=text, last_time=""))

    page = phone.get(url("detail", invitation)).content.decode()
    assert [(w.kind, w.text, w.invitation_id) for w in Wish.objects.all()] == [
        (WishKind.AGENDA, "Cotton and rattan", invitation.pk)
    ]
    assert "Cotton and rattan" in page


def test_wish_without_name_points_at_nobody_and_is_kept_once(phone, invitation):
    answer(phone, invitation, answer="yes")
    phone.post(url("wishes", invitation), sent(invitation, agenda="Cotton"))
    for _attempt in range(2):
        phone.post(url("wishes", invitation), sent(invitation, agenda="Cotton", without_name="on"))

    assert [(w.text, w.invitation_id) for w in Wish.objects.all()] == [("Cotton", None)]


def test_dates_that_suit_are_ticked(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(
        date_mode=DateMode.POLL, starts_at=None, ends_at=None
    )
    options = [
        DateOption.objects.create(
            session=meeting,
            starts_at=datetime(2027, 3, day, 9, tzinfo=UTC),
            ends_at=datetime(2027, 3, day, 11, tzinfo=UTC),
        )
        for day in (2, 9)
    ]

    page = phone.get(url("detail", invitation)).content.decode()
    answer(phone, invitation, answer="yes", dates_ok=[options[1].pk])

    assert "Which dates suit you?" in page
    assert "Tuesday 9 March 2027, 10:00" in page
    assert list(invitation.dates_ok.all()) == [options[1]]


def test_programme_says_how_many_asked_and_whether_you_did(phone, invitation, send_pack, meeting, noor):
    send_pack(invitation)
    tables, marks = AgendaItem.objects.get(position=1), AgendaItem.objects.get(position=3)
    for who, item in ((invitation, tables), (noor, tables), (None, marks)):
        Wish.objects.create(session=meeting, kind="agenda", text="x", invitation=who, agenda_item=item)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "This is what 2 March looks like" in page
    assert "asked by you and 1 other" in page
    assert "asked by 1 person" in page
    assert "<time>10:10</time>" in page
    assert "Noor" not in page


def test_programme_thanks_once_its_questions_are_answered(phone, invitation, send_pack):
    answer(phone, invitation, answer="yes")
    send_pack(invitation)
    before = phone.get(url("detail", invitation)).content.decode()

    every = {"rules_answer": "agree", "mandate": "binding", "knowledge": "2"}
    phone.post(url("preparation", invitation), sent(invitation, **every))
    after = phone.get(url("detail", invitation)).content.decode()

    assert "questions for you (2 minutes)" in before
    assert "for you (" not in after
    assert '<a class="btn" href="#before">Change your answers</a>' in after


def test_programme_asks_what_is_still_open(phone, invitation, send_pack):
    answer(phone, invitation, answer="yes")
    send_pack(invitation)

    phone.post(url("preparation", invitation), sent(invitation, rules_answer="agree", knowledge="2"))

    assert "1 question for you (1 minute)" in phone.get(url("detail", invitation)).content.decode()


def test_own_data_names_the_language_as_its_speakers_do(phone, invitation):
    Person.objects.filter(pk=invitation.person_id).update(language="nl")

    page = phone.get(url("data", invitation)).content.decode()

    assert "Nederlands</dd>" in page
    assert ">nl</dd>" not in page


def test_what_changed_is_told_and_a_promise_asks_for_a_receipt(phone, invitation, send_pack, meeting):
    send_pack(invitation)
    BriefingChange.objects.create(
        session=meeting,
        field="place",
        size=ChangeSize.TYPO,
        old="De Burg",
        new="De Brug",
        made_at=NOW + timedelta(days=1),
    )
    BriefingChange.objects.create(
        session=meeting,
        field="procedure",
        size=ChangeSize.PROMISE,
        old="",
        new="Eleven of sixteen organisations must take part",
        made_at=NOW + timedelta(days=2),
    )

    page = phone.get(url("detail", invitation)).content.decode()
    phone.post(url("receipt", invitation), sent(invitation, clear="yes"))
    after = phone.get(url("detail", invitation)).content.decode()

    assert "adapted on 24 January" in page
    assert "De Burg</s> De Brug" in page
    assert "Is this change clear?" in page
    assert "Is this change clear?" not in after


def test_preparation_is_kept_and_shown_again(phone, invitation, send_pack):
    send_pack(invitation)

    phone.post(
        url("preparation", invitation),
        sent(
            invitation,
            rules_answer="agree",
            mandate="consult",
            knowledge="0",
            needs=["food", "travel"],
            needs_note="no nuts",
        ),
    )

    page = phone.get(url("detail", invitation)).content.decode()
    invitation.refresh_from_db()
    assert (invitation.rules_answer, invitation.mandate, invitation.knowledge) == ("agree", "consult", 0)
    assert invitation.needs == ["food", "travel"]
    assert "no nuts" in page
    assert "We erase this on 9 March." in page


def test_rather_otherwise_needs_words(phone, invitation, send_pack):
    send_pack(invitation)

    response = phone.post(
        url("preparation", invitation), sent(invitation, rules_answer="otherwise", needs_note="no nuts")
    )

    assert response.status_code == 422
    assert "Write what you would change." in response.content.decode()
    assert "no nuts" in response.content.decode()


def test_answers_to_questions_are_private_or_for_everybody(phone, invitation, meeting, noor, anna):
    for who, text, everybody in (
        (invitation, "Mine?", False),
        (noor, "Secret?", False),
        (noor, "Open?", True),
    ):
        question = Question.objects.create(session=meeting, invitation=who, text=text, asked_at=NOW)
        answer_question(question=question, answer=f"About {text}", for_everyone=everybody, by=anna)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "About Mine?" in page
    assert "About Open?" in page
    assert "Secret?" not in page
    assert "Noor" not in page


def test_call_me_and_questions_reach_the_organiser_once(phone, invitation):
    answer(phone, invitation, answer="yes")
    for _attempt in range(2):
        phone.post(url("call", invitation), sent(invitation, number="06 555 01 02"))
        phone.post(url("question", invitation), sent(invitation, question="Is there a lift?"))

    texts = sorted(question.text for question in Question.objects.all())
    assert texts == ["Is there a lift?", "Please call me: 06 555 01 02"]


def test_protected_people_are_a_number_of_their_group(phone, invitation, workers):
    page = phone.get(url("detail", invitation)).content.decode()

    assert "3 people" in page
    assert "Chestnut Kids" in page
    # as words: a random token may hold the letters
    assert not {"W1", "W2", "Sunita"} & set(re.findall(r"\w+", page))


def test_own_data_as_list_and_json_and_request_to_erase(phone, invitation, workspace):
    answer(phone, invitation, answer="yes")

    page = phone.get(url("data", invitation)).content.decode()
    kept = json.loads(phone.get(url("data", invitation) + "?format=json").content)
    for _attempt in range(2):
        phone.post(url("data", invitation), sent(invitation))

    assert "daan@example.org" in page
    assert kept["Your answer"] == "Yes"
    assert [question.text for question in Question.objects.all()] == ["Please erase what you keep about me."]
    assert [mail.to_email for mail in workspace.mails.all()] == ["anna@example.org"]


def test_calendar_and_paper_carry_no_name(phone, invitation, send_pack):
    send_pack(invitation)

    calendar = phone.get(url("calendar", invitation))
    paper = phone.get(url("paper", invitation))

    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in calendar.content
    assert b"Daan" not in calendar.content
    assert paper.content == b"%PDF-1.7 everything on paper"


def test_meeting_that_was_held_says_what_comes(phone, invitation, meeting):
    DialogueSession.objects.filter(pk=meeting.pk).update(status=Status.HELD)

    page = phone.get(url("detail", invitation)).content.decode()

    assert "The meeting is over" in page
    assert "By 16 March at the latest" in page
    assert "Send your answer" not in page


def test_dutch_guest_reads_dutch_dates_and_may_choose_english(open_link, make_person, invite):
    ahmed = invite(make_person("Ahmed Demir", language="nl"))
    phone = open_link(ahmed.person)

    dutch = phone.get(url("detail", ahmed)).content.decode()
    phone.get(url("detail", ahmed) + "?language=en")
    english = phone.get(url("detail", ahmed)).content.decode()

    assert '<html lang="nl"' in dutch
    assert "dinsdag 2 maart 2027" in dutch
    assert "Sommige teksten" in dutch or "not translated yet" in dutch
    assert '<html lang="en"' in english


@pytest.fixture
def add_rows(meeting, make_person, invite, planned):
    """More of everything a page lists."""

    def add(number):
        for n in range(number):
            other = invite(make_person(f"Person{number}{n} X"))
            Question.objects.create(session=meeting, invitation=other, text="?", asked_at=NOW)
            Wish.objects.create(session=meeting, invitation=other, kind="agenda", text="x")
            made_at = NOW + timedelta(hours=n)
            BriefingChange.objects.create(
                session=meeting, field="place", size="typo", old="a", new="b", made_at=made_at
            )

    return add


@pytest.fixture
def at_moment(phone, invitation, send_pack, planned):
    """Brings Daan's page to a moment."""

    def bring(moment):
        if moment != "invited":
            answer(phone, invitation, answer="yes")
        if moment == "programme":
            send_pack(invitation)
        return phone

    return bring


@pytest.mark.parametrize("moment", ["invited", "thanked", "programme"])
def test_page_asks_few_queries_however_many_rows(
    moment, at_moment, invitation, add_rows, django_assert_max_num_queries
):
    phone = at_moment(moment)
    counts = []
    for number in (1, 3):
        add_rows(number)
        with django_assert_max_num_queries(12) as queries:
            phone.get(url("detail", invitation))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("moment", ["invited", "thanked", "programme"])
def test_page_is_light_and_fetches_nothing_from_elsewhere(moment, at_moment, invitation):
    phone = at_moment(moment)

    response = phone.get(url("detail", invitation))

    page = response.content.decode()
    sheet = Path(settings.BASE_DIR / "static/css/guest.css").read_bytes()
    assert len(response.content) + len(sheet) < 80 * 1024
    assert "<script" not in page
    assert " style=" not in page
    assert "<img" not in page
    assert 'src="http' not in page
    assert page.count("<link ") == 2


def test_no_page_stays_in_a_cache_or_an_index(phone, invitation):
    response = phone.get(url("detail", invitation))

    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]


def test_reading_changes_nothing(phone, invitation):
    before = Invitation.objects.values().get(pk=invitation.pk)
    names = ("detail", "answer", "wishes", "preparation", "receipt", "question", "call", "data", "calendar")
    for name in names:
        for method in (phone.get, phone.head):
            method(url(name, invitation) + "?answer=no")

    assert Invitation.objects.values().get(pk=invitation.pk) == before
    assert not Question.objects.exists()
