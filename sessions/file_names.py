"""What files are called for who gets them: in the active language, plain letters, nothing about anybody."""

from django.utils.translation import pgettext


def information_pdf(*, is_neutral: bool = False) -> str:
    """The PDF with a mail; where a subject could harm, not even the word information stands in its list."""
    name = pgettext("file name", "document") if is_neutral else pgettext("file name", "information")
    return f"{name}.pdf"


def letters_pdf() -> str:
    return "{}.pdf".format(pgettext("file name", "letters"))


def calendar_ics() -> str:
    return "{}.ics".format(pgettext("file name", "meeting"))
