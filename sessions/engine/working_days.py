"""Days on which somebody is at work, Monday to Friday; public holidays are not known here."""

from datetime import date, timedelta

REMIND_BEFORE = timedelta(days=5)


def next_working_day(day: date) -> date:
    """`day`, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def previous_working_day(day: date) -> date:
    """`day`, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def reminder_on(answer_by: date) -> date:
    """The day of the one reminder: five days before the answer, or the Friday before that weekend."""
    return previous_working_day(answer_by - REMIND_BEFORE)
