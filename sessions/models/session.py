"""A session: one meeting, with the promise made about it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.models.dialogue import Dialogue


class Status(models.TextChoices):
    """Where a session stands on its life line (actions.plan.NEXT says what may follow)."""

    DRAFT = "draft", _("Draft")
    PLANNED = "planned", _("Ready to go out")
    INVITING = "inviting", _("Invitations sent")
    HELD = "held", _("Held")
    REPORTED = "reported", _("Reported back")
    CANCELLED = "cancelled", _("Cancelled")


class Influence(models.TextChoices):
    """How far people can influence the decision (T27). Its label is never shown; its sentence is."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    INVOLVE = "involve", _("Involve")
    COLLABORATE = "collaborate", _("Collaborate")
    EMPOWER = "empower", _("Decide together")


class Decides(models.TextChoices):
    """Is anything decided that day?"""

    NO = "no", _("No")
    ADVICE = "advice", _("Advice")
    YES = "yes", _("Yes")


class DateMode(models.TextChoices):
    """Is the date settled, or do people choose?"""

    FIXED = "fixed", _("The date is settled")
    POLL = "poll", _("Let people choose a date")


class PlaceMode(models.TextChoices):
    """Where people meet."""

    PLACE = "place", _("At a place")
    ONLINE = "online", _("Online")
    BOTH = "both", _("Both")
    OPEN = "open", _("Not settled yet")


class Confidentiality(models.TextChoices):
    """What stays in the room."""

    ROOM = "room", _("Outside the room we do not tell who said what.")
    CONSENT = "consent", _("Names may be used if that person agrees.")
    PUBLIC = "public", _("Everything is public. There will be a report with names.")


class History(models.TextChoices):
    """Has something happened between invitees that we should know? Asked once per session (T117)."""

    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")
    YES = "yes", _("Yes, between …")


class SessionQuerySet(models.QuerySet["DialogueSession"]):
    """Reading words of sessions."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(dialogue__workspace=workspace)

    def alive(self) -> Self:
        return self.exclude(status=Status.CANCELLED)

    def with_workspace(self) -> Self:
        return self.select_related("dialogue__workspace", "contact")


class DialogueSession(models.Model):
    """One meeting. What is promised about it are fields, read by mail, page, PDF, ballot and report alike."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=160, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=12, default="nl")
    timezone = models.CharField(max_length=60, default="Europe/Amsterdam")

    date_mode = models.CharField(max_length=8, choices=DateMode, default=DateMode.FIXED)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place_mode = models.CharField(max_length=8, choices=PlaceMode, default=PlaceMode.PLACE)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("link"), max_length=300, blank=True)
    place_known_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    contact = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    deputy_name = models.CharField(_("fixed deputy"), max_length=120, blank=True)
    deputy_phone = models.CharField(_("telephone of the deputy"), max_length=40, blank=True)

    goal = models.TextField(_("goal"), blank=True)
    use_of_outcomes = models.TextField(_("use of the outcomes"), blank=True)
    not_used_for = models.TextField(_("not used for"), blank=True)
    influence = models.CharField(max_length=12, choices=Influence, blank=True, default="")
    out_of_scope = models.CharField(_("what this is not about"), max_length=300, blank=True)
    decides = models.CharField(max_length=8, choices=Decides, blank=True, default="")
    adopter = models.CharField(_("who decides afterwards"), max_length=160, blank=True)
    adopts_by = models.DateField(null=True, blank=True)
    report_by = models.DateField(null=True, blank=True)
    confidentiality = models.CharField(max_length=8, choices=Confidentiality, blank=True, default="")
    last_time = models.TextField(_("what went wrong last time"), blank=True)

    travel_paid = models.BooleanField(_("We pay for travel"), default=False)
    measures = models.CharField(_("what we do about distance"), max_length=300, blank=True)
    history = models.CharField(max_length=8, choices=History, blank=True, default="")
    history_note = models.TextField(blank=True)
    rules = models.TextField(_("rules of conduct"), blank=True)
    facilitator = models.CharField(_("who leads the talk"), max_length=160, blank=True)

    was_briefed = models.BooleanField(default=True)
    held_note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The meeting must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="session_has_both_times",
                violation_error_message=_("Give the time the meeting starts and the time it ends."),
            ),
            models.CheckConstraint(
                # T24 to T27: nothing goes out while the promise is empty
                condition=~Q(status__in=[Status.PLANNED, Status.INVITING])
                | (~Q(title="") & ~Q(goal="") & ~Q(use_of_outcomes="") & ~Q(influence="") & ~Q(decides="")),
                name="session_sent_with_promise",
                violation_error_message=_("An invitation cannot go out before the promise is complete."),
            ),
            choices_check("status", Status, name="session_status_known"),
            choices_check("influence", Influence, name="session_influence_known", blank=True),
            choices_check("decides", Decides, name="session_decides_known", blank=True),
            choices_check("date_mode", DateMode, name="session_date_mode_known"),
            choices_check("place_mode", PlaceMode, name="session_place_mode_known"),
            choices_check(
                "confidentiality", Confidentiality, name="session_confidentiality_known", blank=True
            ),
            choices_check("history", History, name="session_history_known", blank=True),
        ]
        indexes = [models.Index(fields=["dialogue", "starts_at"], name="session_by_start")]

    def __str__(self) -> str:
        return self.title or str(_("Meeting without a name"))

    @property
    def workspace(self) -> Workspace:
        return self.dialogue.workspace

    @property
    def has_started(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= clock.now()

    @property
    def has_online_choice(self) -> bool:
        """Whether people may take part online instead of coming; not where everybody does, or nobody can."""
        if self.place_mode == PlaceMode.PLACE:
            return bool(self.online_link)
        return self.place_mode != PlaceMode.ONLINE

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.status in {Status.INVITING, Status.HELD, Status.REPORTED} and self.was_briefed

    @property
    def decided_after_report(self) -> date | None:
        """The day by which is decided on the advice, where people hear back before it."""
        if self.decides != Decides.ADVICE or self.report_by is None or self.adopts_by is None:
            return None
        return self.adopts_by if self.report_by < self.adopts_by else None

    @property
    def is_before_sending(self) -> bool:
        """Nobody has the invitation yet."""
        return self.status in {Status.DRAFT, Status.PLANNED}

    @property
    def is_closed(self) -> bool:
        return self.status in {Status.HELD, Status.REPORTED, Status.CANCELLED}


class DateOption(models.Model):
    """A date people may choose when the date is not settled."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="date_options")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "starts_at"], name="date_option_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="date_option_ends_after_start",
                violation_error_message=_("The meeting must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.starts_at:%Y-%m-%d %H:%M}"


class SessionAssignment(models.Model):
    """The sessions a facilitator may see (decisions.md 7)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"


# the place of a draft that holds no words: who went on from the screen on which everything is looked at
CHECKED = "checked"


class SessionDraft(models.Model):
    """What somebody typed and did not save yet: private raw input per person and screen (decisions.md 28)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    screen = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user", "screen"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.screen}"


class TextOwner(models.TextChoices):
    """Whose text it is: one of the meeting, or of one of the many rows that hang on it."""

    SESSION = "session"
    PROCEDURE = "procedure"
    REPORT = "report"
    GROUP = "group"
    AGENDA = "agenda"
    CHANGE = "change"
    WISH = "wish"
    CLUSTER = "cluster"
    OUTCOME = "outcome"
    CONTRIBUTION = "contribution"
    COMMITMENT = "commitment"


# of these a meeting has one, so their texts need no key
ONE_OF_A_KIND = (TextOwner.SESSION, TextOwner.PROCEDURE, TextOwner.REPORT)


class SessionText(models.Model):
    """A translation of one text of a session; stale when the hash of its source no longer fits.

    `key` says which row it is of where there are many: the id of a group, of a part, of an outcome.
    """

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="texts")
    owner = models.CharField(max_length=12, choices=TextOwner, default=TextOwner.SESSION)
    key = models.CharField(max_length=36, blank=True, default="")
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    text = models.TextField()
    source_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "owner", "key", "field", "language"], name="session_text_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="session_text_not_empty"),
            models.CheckConstraint(
                condition=Q(owner__in=ONE_OF_A_KIND, key="") | (~Q(owner__in=ONE_OF_A_KIND) & ~Q(key="")),
                name="session_text_key_iff_many",
            ),
            choices_check("owner", TextOwner, name="session_text_owner_known"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.owner} {self.field} {self.language}"
