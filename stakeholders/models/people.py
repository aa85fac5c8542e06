"""People who are invited, heard and told what became of it."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.db import SortKeyField, choices_check
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.languages import language_name
from stakeholders.models.groups import StakeholderGroup
from stakeholders.models.organisations import Organisation

LANGUAGE_CODE = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    _("Write the language as a code of two or three letters, such as nl or hi."),
)


class Channel(models.TextChoices):
    """How somebody is reached (T33)."""

    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter")
    PHONE = "phone", _("Telephone")
    INTERMEDIARY = "intermediary", _("Through someone they trust")


class Mode(models.TextChoices):
    """How somebody takes part (T61)."""

    NAMED = "named", _("With their own name")
    PSEUDONYM = "pseudonym", _("With another name")
    ANONYMOUS = "anonymous", _("Without a name")


class Mandate(models.TextChoices):
    """What somebody may decide for their party (T36); blank is not yet asked."""

    BINDING = "binding", _("May decide")
    CONSULT = "consult", _("May decide after consulting")
    ADVICE = "advice", _("Advises only")
    NONE = "none", pgettext_lazy("mandate", "Decides nothing")


class Basis(models.TextChoices):
    """On what ground somebody speaks for others (T37); blank is not yet asked."""

    ELECTED = "elected", _("Elected by them")
    MEMBERS = "members", _("They are members")
    ASKED = "asked", _("Asked by them")
    SELF = "self", _("Says so themselves")


class Knowledge(models.TextChoices):
    """How well somebody says they know the matter (T35); blank is not yet asked."""

    NONE = "none", pgettext_lazy("knowledge", "New to it")
    BASIC = "basic", _("Knows the basics")
    WORKING = "working", _("Works with it")
    EXPERT = "expert", _("Knows it thoroughly")


class PersonQuerySet(models.QuerySet["Person"]):
    """Reading words of people."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def active(self) -> Self:
        return self.filter(archived_at=None, erased_at=None)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False, erased_at=None)

    def search(self, text: str) -> Self:
        """Those in whose name, organisation, address or place every word of `text` occurs."""
        words = Q()
        for word in text.split()[:8]:
            words &= (
                Q(sort_key__contains=sort_key(word))
                | Q(organisation__sort_key__contains=sort_key(word))
                | Q(email__icontains=word)
                | Q(place__icontains=word)
            )
        return self.filter(words)

    def in_group(self, group: StakeholderGroup) -> Self:
        """Those who speak for `group`: by themselves, or else through their organisation."""
        return self.filter(Q(group=group) | Q(group=None, organisation__group=group))

    def without_group(self) -> Self:
        return self.filter(Q(group=None) & (Q(organisation=None) | Q(organisation__group=None)))

    def protected(self) -> Self:
        """Those who appear to others only as their group (visibility.py says the same of one person)."""
        return self.filter(~Q(participation_mode=Mode.NAMED) | Q(channel=Channel.INTERMEDIARY))

    def reachable(self) -> Self:
        """Those to whom something can be brought in the way chosen for them."""
        return self.filter(~Q(channel=Channel.PHONE) | ~Q(phone=""))

    def with_group(self) -> Self:
        """With everything `speaks_for`, `contact` and a row of a list read."""
        return self.select_related("group", "organisation__group", "intermediary")

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")


class Person(models.Model):
    """Somebody who takes part, or could. What protects them is asked here and kept by visibility.py."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=120)
    sort_key = SortKeyField()
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    group = models.ForeignKey(
        StakeholderGroup,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    # nobody has said so yet: it followed from a name, an address or a job
    group_guessed = models.BooleanField(default=False, editable=False)
    job = models.CharField(_("job"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # what a list gave and mail servers do not accept: kept until there is another way to reach this person
    unusable_email = models.CharField(max_length=254, blank=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=16, default="nl", validators=[LANGUAGE_CODE])
    channel = models.CharField(_("reached by"), max_length=20, choices=Channel, default=Channel.MAIL)
    # why PROTECT: without the intermediary nobody can reach this person any more
    intermediary = models.ForeignKey(
        "self",
        verbose_name=_("through"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reaches",
    )
    participation_mode = models.CharField(_("takes part"), max_length=20, choices=Mode, default=Mode.NAMED)
    neutral_mail = models.BooleanField(_("mails with a neutral subject"), default=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    mandate = models.CharField(_("may decide"), max_length=20, choices=Mandate, blank=True)
    represents = models.CharField(_("speaks for"), max_length=300, blank=True)
    representation_basis = models.CharField(_("on what ground"), max_length=20, choices=Basis, blank=True)
    knowledge = models.CharField(_("knows the matter"), max_length=20, choices=Knowledge, blank=True)
    contact_preference = models.CharField(_("prefers to be reached"), max_length=200, blank=True)
    note = models.TextField(_("what helps here"), max_length=4000, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # why PROTECT: it tells an old link, and the organiser's trail, where everything went
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(condition=~Q(language=""), name="person_has_language"),
            models.CheckConstraint(
                condition=Q(group_guessed=False) | Q(group__isnull=False), name="person_guess_has_group"
            ),
            choices_check("channel", Channel, name="person_channel_known"),
            choices_check("participation_mode", Mode, name="person_mode_known"),
            choices_check("mandate", Mandate, name="person_mandate_known", blank=True),
            choices_check("representation_basis", Basis, name="person_basis_known", blank=True),
            choices_check("knowledge", Knowledge, name="person_knowledge_known", blank=True),
            models.CheckConstraint(
                condition=~Q(channel=Channel.MAIL) | ~Q(email="") | Q(erased_at__isnull=False),
                name="person_mail_has_address",
                violation_error_message=_(
                    "Give an e-mail address, or choose another way to reach this person."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unusable_email="") | Q(email=""), name="person_unusable_email_without_email"
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.LETTER)
                | (~Q(street="") & ~Q(city=""))
                | Q(erased_at__isnull=False),
                name="person_letter_has_address",
                violation_error_message=_("A letter needs a street and a town."),
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.INTERMEDIARY, intermediary__isnull=False)
                | Q(~Q(channel=Channel.INTERMEDIARY), intermediary__isnull=True),
                name="person_intermediary_iff_channel",
                violation_error_message=_("Choose through whom this person is reached."),
            ),
            models.CheckConstraint(
                condition=Q(intermediary__isnull=True) | ~Q(intermediary=F("id")),
                name="person_not_own_intermediary",
                violation_error_message=_("Nobody is reached through themselves."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(erased_at__isnull=False),
                name="person_merged_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_self",
            ),
            models.UniqueConstraint(
                F("workspace"),
                Lower("email"),
                condition=~Q(email=""),
                name="person_email_once",
                violation_error_message=_("Somebody with this e-mail address is in your list already."),
            ),
        ]
        indexes = [models.Index(fields=["workspace", "sort_key"], name="person_by_sort_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_protected(self) -> bool:
        """Whether others may only learn this person's group (T61, T86)."""
        return self.participation_mode != Mode.NAMED or self.channel == Channel.INTERMEDIARY

    @property
    def is_reachable(self) -> bool:
        """Whether something can be brought in the way chosen; the database keeps the other ways complete."""
        return self.channel != Channel.PHONE or bool(self.phone)

    @property
    def unusable_sentence(self) -> str:
        """What stood as an address and why it cannot be used; "" when there is none."""
        if not self.unusable_email:
            return ""
        sentence = gettext(
            "In your list stood “%(address)s”: it has letters that mail servers do not accept."
        )
        return sentence % {"address": self.unusable_email}

    @property
    def language_name(self) -> str:
        """What this person reads, by its own name."""
        return language_name(self.language)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def postal_lines(self) -> list[str]:
        """The address as it stands on an envelope, without empty lines."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return [line for line in (self.street, town, self.country) if line]

    def speaks_for(self) -> StakeholderGroup | None:
        """The person's own group, or else that of the organisation. Reads `with_group`."""
        return self.group or (self.organisation.group if self.organisation else None)

    def link_owner(self) -> "Person":
        """Whose personal link this person is reached by: their own, or the intermediary's."""
        return self.intermediary if self.channel == Channel.INTERMEDIARY and self.intermediary else self
