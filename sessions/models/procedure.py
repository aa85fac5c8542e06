"""How a decision or advice comes about: every part T21 asks for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.db import choices_check
from sessions.models.session import DialogueSession
from stakeholders.models import StakeholderGroup


class Method(models.TextChoices):
    """The ready ways, and the full form behind "another way"."""

    OWN_ADVICE = "own_advice", _("Everybody gives their own advice.")
    NO_OBJECTION = "no_objection", _("We go on until nobody has a strong objection.")
    VOTE = "vote", _("We vote.")
    LATER = "later", _("We send the rules later.")
    OTHER = "other", _("Another way")


class Fallback(models.TextChoices):
    """What happens without agreement."""

    THREE_QUARTERS = "three_quarters", _("three quarters of the votes count")
    ADOPTER = "adopter", _("who decides afterwards, decides")
    NOTHING = "nothing", _("nothing is decided")


class TieRule(models.TextChoices):
    """What happens when two options stand equal."""

    BOTH = "both", _("both count")
    SEVERITY = "severity", _("the most serious harm goes first")
    ADOPTER = "adopter", _("who decides afterwards, chooses")


class DecisionProcedure(models.Model):
    """The announced rules of one session's decision. `LATER` needs the date on which the rules will come."""

    session = models.OneToOneField(DialogueSession, on_delete=models.CASCADE, related_name="procedure")
    method = models.CharField(max_length=14, choices=Method)
    rules_on = models.DateField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_groups = models.PositiveSmallIntegerField(null=True, blank=True)
    fallback = models.CharField(max_length=14, choices=Fallback, blank=True, default="")
    tie_rule = models.CharField(max_length=10, choices=TieRule, blank=True, default="")
    question = models.CharField(_("the question"), max_length=300, blank=True)
    electorate = models.CharField(_("who decides"), max_length=300, blank=True)
    own_method = models.TextField(_("how"), blank=True)
    threshold = models.CharField(_("when it is decided"), max_length=200, blank=True)
    advisory_groups = models.ManyToManyField(StakeholderGroup, blank=True, related_name="+")
    # once an empty number meant two thirds with an advice too, and what people were told then stands
    was_two_thirds = models.BooleanField(default=False)

    class Meta:
        constraints = [
            choices_check("method", Method, name="procedure_method_known"),
            choices_check("fallback", Fallback, name="procedure_fallback_known", blank=True),
            choices_check("tie_rule", TieRule, name="procedure_tie_rule_known", blank=True),
            models.CheckConstraint(
                condition=~Q(method=Method.LATER) | Q(rules_on__isnull=False),
                name="procedure_later_has_date",
                violation_error_message=_("Say on which date people get the rules."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.method}"

    @property
    def is_complete(self) -> bool:
        """T21: ready texts carry question, electorate and method; an empty quorum has its sentence too."""
        if self.method == Method.OWN_ADVICE:
            return True
        if self.method == Method.NO_OBJECTION:
            return bool(self.fallback)
        if self.method == Method.VOTE:
            return bool(self.fallback and self.tie_rule)
        if self.method == Method.OTHER:
            texts = (self.question, self.electorate, self.own_method, self.threshold)
            return all(texts) and bool(self.fallback and self.tie_rule)
        return False
