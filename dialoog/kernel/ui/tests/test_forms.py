"""What every form keeps, and what its fields say to a screen reader."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict

from dialoog.kernel.ui.forms import (
    Card,
    CardSelect,
    DateInput,
    DialoogForm,
    GuestForm,
    StarterTextarea,
    TimeInput,
)
from dialoog.kernel.ui.samples import SampleForm, SampleGuestForm, SampleScreenForm

# crispy-forms asks the URL table for an action; the kernel's own tests must not need the upper layers
pytestmark = pytest.mark.urls("dialoog.kernel.ui.tests.urls")


class NoteForm(DialoogForm):
    note = forms.CharField(help_text="In your own words.")
    held_on = forms.DateField(required=False)
    held_at = forms.TimeField(required=False)
    level = forms.ChoiceField(
        choices=[("a", Card("Sentence", "why")), ("b", Card("Other"))], widget=CardSelect, required=False
    )


def test_control_characters_never_come_in():
    form = NoteForm(QueryDict(mutable=False, query_string="note=a%00b%07c%0Ad&level=a%00"))

    assert form.is_valid()
    assert form.cleaned_data["note"] == "abc\nd"
    assert form.cleaned_data["level"] == "a"


def test_plain_mappings_are_cleaned_too():
    form = NoteForm({"note": "a\x00b", "level": ["a"]})

    assert form.data["note"] == "ab"


def test_endless_text_is_refused_with_a_sentence():
    form = NoteForm({"note": "x" * 5001})

    assert form.errors["note"] == ["This text has 5001 characters; at most 5000 fit here."]


def test_dates_and_times_get_the_pickers_of_the_browser():
    fields = NoteForm().fields

    assert type(fields["held_on"].widget) is DateInput
    assert type(fields["held_at"].widget) is TimeInput


def test_an_empty_answer_is_asked_for_kindly():
    assert NoteForm({}).errors["note"] == ["Please fill this in."]


def test_a_refused_field_names_its_error_and_help():
    html = render_crispy_form(NoteForm({}))

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_note_helptext id_note_error"' in html
    assert 'href="#id_note"' in html


def test_a_group_of_choices_is_a_fieldset_and_the_summary_leads_to_its_first_choice():
    html = render_crispy_form(SampleForm({}))

    assert '<fieldset class="ask wrong" id="id_place" aria-describedby="id_place_error">' in html
    assert 'href="#id_place_0"' in html
    assert 'id="id_place_0"' in html


def test_cards_show_title_hint_and_figure():
    html = render_crispy_form(SampleScreenForm())

    assert "<b>Advice</b><small>The group says together" in html
    assert '<svg class="say-pair"' in html
    assert html.count('type="radio"') == 5 + 3 + 2


def test_a_figure_comes_from_code_but_words_are_escaped():
    class Sly(DialoogForm):
        one = forms.ChoiceField(choices=[("a", Card("<i>", "<script>"))], widget=CardSelect)

    html = render_crispy_form(Sly())

    assert "<script>" not in html
    assert "&lt;i&gt;" in html


def test_a_starter_labels_its_text():
    html = str(StarterTextarea(starter="At the end …").render("goal", "<x>", {"id": "id_goal"}))

    assert '<label for="id_goal">At the end …</label>' in html
    assert "&lt;x&gt;" in html


def test_optional_fields_say_so_and_later_ones_can_wait():
    html = render_crispy_form(SampleForm())

    assert '<span class="opt">can wait</span>' in html
    assert '<span class="opt">may stay empty</span>' in html


def test_guests_read_under_a_text_who_reads_it():
    html = render_crispy_form(SampleGuestForm())

    assert 'id="id_question_readers"' in html
    assert 'aria-describedby="id_question_readers"' in html
    assert "may stay empty" not in html


def test_guest_likert_puts_not_knowing_apart():
    html = render_crispy_form(SampleGuestForm())

    assert html.count('class="lc"') == 5
    assert html.count('class="fc"') == 5
    assert html.count('class="dk"') == 2


@pytest.mark.parametrize("form_class", [NoteForm, SampleForm, SampleScreenForm, SampleGuestForm])
@pytest.mark.parametrize("value", ["", "\x00", "\ud800", "x" * 6000, "2027-13-45", "[]"])
def test_no_input_breaks_a_form(form_class, value):
    form = form_class(dict.fromkeys(form_class.base_fields, value))

    assert isinstance(form.is_valid(), bool)
    assert render_crispy_form(form)


def test_guest_forms_use_the_guest_field():
    assert GuestForm().helper.field_template == "dialoog/guest_field.html"
