"""The two mails a guest can cause: a new copy of their link, and a request to be erased."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.message import mark
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from dialoog.portal.guest.access import invitations_of
from sessions.actions.planned import announce
from sessions.models import Invitation
from sessions.reading import interface_language
from stakeholders.actions.access import give_access
from stakeholders.models import Channel, Person

# names stand beside the body, where erasing somebody reaches them
_NAME = "name"


def ask_link_again(email: str) -> None:
    """Let the worker mail their link to whoever was invited at this address.

    Nothing tells the asker whether somebody was found: not the page, and not how long it took, because the
    same is done for an address nobody has. Only while the queue is down the mails are written at once.
    """
    people = Person.objects.active().filter(email__iexact=email).exclude(channel=Channel.INTERMEDIARY)
    ids = list(people.values_list("pk", flat=True))
    if not announce("guest.send_links", ids):
        send_links(ids)


@transaction.atomic
def send_links(person_ids: list[int]) -> None:
    """Mail each of these people their link; at most once in a quarter of an hour."""
    for person in Person.objects.active().filter(pk__in=person_ids).select_related("workspace"):
        reaches = Invitation.objects.sent().filter(person__intermediary=person)
        last = invitations_of([person.pk]).order_by("-sent_at").first() or reaches.first()
        if last is not None:
            _send_link(person, last)


def _send_link(person: Person, invitation: Invitation) -> None:
    session = invitation.session
    link = give_access(person=person, by=Actor.guest(person.pk))
    language = interface_language(person.language)
    with translation.override(language):
        subject = _("Your link to Dialoog") if person.neutral_mail else _("Your link again")
        context = {
            "subject": subject,
            "name": mark(_NAME),
            "link": mark("link"),
            "contact_name": session.contact_name,
            "organisation": person.workspace.name,
            "contact_phone": session.contact_phone,
        }
        body = keep_body(
            workspace=person.workspace,
            kind="guest_link",
            language=language,
            subject=subject,
            html=render_to_string("portal/guest_link_mail.html", context),
            text=render_to_string("portal/guest_link_mail.txt", context),
        )
    envelope = Envelope(
        key=f"guest_link:{person.pk}:{_quarter(clock.now())}",
        body=body,
        to_email=person.email,
        to_name=person.name,
        from_name=_from_name(session.contact_name, person.workspace.name),
        reply_to=session.contact_email,
        recipient=f"person:{person.pk}",
        link_ref=link.reference,
        personal={_NAME: person.name},
    )
    post(workspace=person.workspace, envelope=envelope)


def erasure_asked(invitation: Invitation) -> None:
    """Tell the contact person that a guest asks to be erased."""
    session, person = invitation.session, invitation.person
    if not session.contact_email:
        return
    workspace = session.workspace
    with translation.override(workspace.language):
        subject = _("%(name)s asks to be erased") % {"name": mark(_NAME)}
        context = {"subject": subject, "name": mark(_NAME), "base_url": settings.BASE_URL, "session": session}
        body = keep_body(
            workspace=workspace,
            kind="guest_erasure",
            language=workspace.language,
            subject=subject,
            html=render_to_string("portal/guest_erasure_mail.html", context),
            text=render_to_string("portal/guest_erasure_mail.txt", context),
        )
    envelope = Envelope(
        key=f"guest_erasure:{person.pk}:{clock.today()}",
        body=body,
        to_email=session.contact_email,
        to_name=session.contact_name,
        personal={_NAME: person.name},
    )
    post(workspace=workspace, envelope=envelope)


def forget_person(person: Person) -> None:
    """Forget who asked to be erased, once that is done."""
    asked = OutgoingMail.objects.filter(workspace=person.workspace_id)
    asked.filter(key__startswith=f"guest_erasure:{person.pk}:").update(personal={})


def _quarter(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H}{moment.minute // 15}"


def _from_name(name: str, organisation: str) -> str:
    return f"{name} ({organisation})" if name else organisation
