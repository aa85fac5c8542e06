"""Who may do what: one table, asked by `workspace_page` and nowhere else."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in a workspace."""

    OWNER = "owner", _("Owner")
    ORGANISER = "organiser", _("Organiser")
    FACILITATOR = "facilitator", _("Facilitator")
    READER = "reader", _("Reader")


class Permission(TextChoices):
    """One thing a page can ask for. The reader sees all but people's answers and addresses."""

    SEE = "see", _("see meetings")
    SEE_PEOPLE = "see_people", _("see people, addresses and answers")
    PLAN = "plan", _("plan meetings")
    INVITE = "invite", _("invite and send")
    EDIT_PEOPLE = "edit_people", _("change people")
    RECORD = "record", _("record what happened at the meeting")
    REPORT = "report", _("report back")
    MAILS = "mails", _("see the outbox")
    SETTINGS = "settings", _("change the workspace and its members")


_ORGANISER = frozenset(Permission) - {Permission.SETTINGS}
GRANTS: dict[str, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.ORGANISER: _ORGANISER,
    Role.FACILITATOR: frozenset({Permission.SEE, Permission.RECORD}),
    Role.READER: frozenset({Permission.SEE}),
}
