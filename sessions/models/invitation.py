"""A personal request to take part, and the answer to it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.models import User
from sessions.models.session import DateOption, DialogueSession
from sessions.models.table import ReportingCluster
from stakeholders.models import Person, StakeholderGroup


class Answer(models.TextChoices):
    """Will you be there?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Yes, partly or online")
    LATER = "later", _("I will know later")
    NO = "no", _("No")
    DEPUTY = "deputy", _("Someone else in my place")

    @classmethod
    def offered(cls, *, has_online_choice: bool) -> list[tuple[str, Any]]:
        """Every answer with its words; online only where somebody may choose it."""
        words = {} if has_online_choice else {str(cls.PARTLY): _("Yes, for a part")}
        return [(value, words.get(value, label)) for value, label in cls.choices]


class Clear(models.TextChoices):
    """Is it clear? A receipt, not consent."""

    YES = "yes", _("Yes")
    QUESTION = "question", _("I have a question")


class Via(models.TextChoices):
    """How an answer reached us."""

    PAGE = "page", _("on the page")
    PHONE = "phone", _("by telephone")
    MAIL = "mail", _("by e-mail")
    POST = "post", _("by post")
    INTERMEDIARY = "intermediary", _("through the intermediary")


class Decline(models.TextChoices):
    """Why not, if people want to say."""

    DATE = "date", _("The date")
    FAR = "far", _("Too far away")
    SUBJECT = "subject", _("The subject")
    LAST_TIME = "last_time", _("Last time")
    OTHER = "other", _("Something else")


class MandateAnswer(models.TextChoices):
    """May you decide this for your organisation?"""

    BINDING = "binding", _("Yes, I may say yes or no")
    CONSULT = "consult", _("I discuss it at home first")
    ADVICE = "advice", _("No, I only think along")
    UNKNOWN = "unknown", _("I do not know")


class RulesAnswer(models.TextChoices):
    """Do the rules of conduct suit you?"""

    AGREE = "agree", _("Agreed")
    OTHERWISE = "otherwise", _("Rather otherwise")


class Need(models.TextChoices):
    """What somebody needs to take part well; erased after the meeting."""

    TRAVEL = "travel", _("Money for travel beforehand")
    FOOD = "food", _("Food: vegetarian, halal or other")
    HEARING = "hearing", _("Hearing loop or interpreter")
    WHEELCHAIR = "wheelchair", _("Room for a wheelchair")
    EXPLAINED = "explained", _("Explained beforehand, 15 minutes by telephone")


class Attendance(models.TextChoices):
    """Who was there."""

    PRESENT = "present", _("Was there")
    ONLINE = "online", _("Took part online")
    PARTLY = "partly", _("Was there for a part")
    DEPUTY = "deputy", _("Sent somebody else")
    ABSENT = "absent", pgettext_lazy("attendance", "Was not there")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reading words of invitations."""

    def open(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def sent(self) -> Self:
        return self.open().filter(sent_at__isnull=False)

    def for_people(self, person_ids: list[int]) -> Self:
        return self.filter(person_id__in=person_ids)

    def silent(self) -> Self:
        return self.open().filter(answer="")

    def coming(self) -> Self:
        return self.open().filter(answer__in=[Answer.YES, Answer.PARTLY])

    def sending_somebody(self) -> Self:
        """Who sends somebody else that nobody confirmed yet (decisions.md 6)."""
        nobody_yet = Q(replaced_by=None) | Q(replaced_by__withdrawn_at__isnull=False)
        return self.open().filter(nobody_yet, answer=Answer.DEPUTY)

    def took_part(self) -> Self:
        return self.open().filter(attendance__in=[Attendance.PRESENT, Attendance.ONLINE, Attendance.PARTLY])

    def with_people(self) -> Self:
        return self.select_related("person__organisation", "person__intermediary", "group")


class Invitation(models.Model):
    """Asks one person to one session. Withdrawn, never deleted; a deputy is a new one that replaces it."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    # frozen at sending: a later move of the person to another group does not rewrite history
    group = models.ForeignKey(StakeholderGroup, null=True, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(ReportingCluster, null=True, on_delete=models.SET_NULL, related_name="+")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    why_you = models.TextField(blank=True, max_length=600)
    what_we_ask = models.TextField(blank=True, max_length=600)
    opening_line = models.CharField(max_length=300, blank=True)
    call_first = models.BooleanField(default=False)
    called_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.TextField(blank=True, max_length=2000)
    know_on = models.DateField(null=True, blank=True)
    decline_reasons = models.JSONField(default=list, blank=True)
    deputy_name = models.CharField(max_length=120, blank=True)
    via = models.CharField(max_length=12, choices=Via, blank=True, default="")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    clear = models.CharField(max_length=8, choices=Clear, blank=True, default="")
    dates_ok = models.ManyToManyField(DateOption, blank=True, related_name="people")

    rules_answer = models.CharField(max_length=10, choices=RulesAnswer, blank=True, default="")
    rules_note = models.TextField(blank=True, max_length=2000)
    mandate = models.CharField(max_length=8, choices=MandateAnswer, blank=True, default="")
    knowledge = models.PositiveSmallIntegerField(null=True, blank=True)
    needs = models.JSONField(default=list, blank=True)
    needs_note = models.CharField(max_length=500, blank=True)
    attendance = models.CharField(max_length=8, choices=Attendance, blank=True, default="")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="invitation_answered_at_iff_answer",
            ),
            models.CheckConstraint(
                condition=Q(knowledge__isnull=True) | Q(knowledge__lte=3), name="invitation_knowledge_0_to_3"
            ),
            choices_check("answer", Answer, name="invitation_answer_known", blank=True),
            choices_check("clear", Clear, name="invitation_clear_known", blank=True),
            choices_check("via", Via, name="invitation_via_known", blank=True),
            choices_check("mandate", MandateAnswer, name="invitation_mandate_known", blank=True),
            choices_check("rules_answer", RulesAnswer, name="invitation_rules_answer_known", blank=True),
            choices_check("attendance", Attendance, name="invitation_attendance_known", blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_coming(self) -> bool:
        return self.answer in {Answer.YES, Answer.PARTLY}

    def answer_words(self) -> str:
        """The answer as it was offered; "" without one."""
        offered = Answer.offered(has_online_choice=self.session.has_online_choice)
        return str(dict(offered).get(self.answer, ""))


class Question(models.Model):
    """A question about what people may expect, with its answer: private, or for everyone (T66)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="questions")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(max_length=5000)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, max_length=5000)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    for_everyone = models.BooleanField(default=False)
    # whether the asker wants a mail once it is answered, and when that one mail was put ready
    wants_mail = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_not_empty"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(wants_mail=True, answered_at__isnull=False),
                name="question_told_when_wanted",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_at_iff_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.pk}"
