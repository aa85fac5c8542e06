"""The guest page of somebody just invited: the promise in the words of the mail."""

import re
from datetime import date

from dialoog.portal.guest.tests.phone import url
from sessions.models import DialogueSession
from stakeholders.models import Person


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


def test_protected_people_are_a_number_of_their_group(phone, invitation, workers):
    page = phone.get(url("detail", invitation)).content.decode()

    assert "3 people" in page
    assert "Chestnut Kids" in page
    # as words: a random token may hold the letters
    assert not {"W1", "W2", "Sunita"} & set(re.findall(r"\w+", page))


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
