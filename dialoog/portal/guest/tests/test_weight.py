"""The guest page is light, asks the database little, and changes nothing by being read."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from dialoog.portal.guest.tests.conftest import NOW
from dialoog.portal.guest.tests.phone import answer, url
from sessions.models import BriefingChange, Invitation, Question, Wish


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
