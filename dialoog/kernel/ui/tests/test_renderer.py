"""Inputs drawn in Python have the bytes of Django's own templates."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from dialoog.kernel.ui.renderer import Renderer

WIDGETS = [
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.CheckboxInput,
    forms.DateInput,
    forms.Textarea,
    forms.SearchInput,
]
VALUES = [None, "", "x", '"<b>&', 0, 12, True, False, mark_safe("a&amp;b")]
ATTRS = [{}, {"id": "a-1", "class": "in"}, {"required": True, "disabled": False, "title": '"<'}, {"max": 12}]


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("attrs", ATTRS)
def test_an_input_is_the_one_of_the_template(widget, attrs):
    for value in VALUES:
        ours = widget().render("name", value, attrs, renderer=Renderer())
        theirs = widget().render("name", value, attrs, renderer=TemplatesSetting())
        assert ours == theirs
