"""Posts one mail to each owner of a link; an intermediary gets one for all reached through them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post_many
from sessions import mails
from sessions.mails import MailParts
from sessions.models import DialogueSession
from sessions.reach import Receiver, sender_of
from stakeholders.actions.access import give_access_many


def post_to(
    *,
    session: DialogueSession,
    receivers: Sequence[Receiver],
    kind: str,
    key: str,
    parts: Callable[[str, bool], MailParts],
    useless_after: datetime | None = None,
    is_automatic: bool = False,
    attachments: dict[str, Attachment] | None = None,
    personal: dict[int, dict[str, str]] | None = None,
) -> int:
    """One mail to each owner of a link among `receivers`; `parts(language, is_neutral)` gives the words.

    The words are kept once per language and neutrality. `personal` adds marks per invitation id; somebody
    reached for several people gets those of the first.
    """
    first: dict[int, Receiver] = {}
    # somebody who is invited and reaches others as well is told about themselves
    for each in sorted(receivers, key=lambda each: each.owner.pk != each.invitation.person_id):
        if each.by_mail:
            first.setdefault(each.owner.pk, each)
    links = (
        give_access_many(people=[each.owner for each in first.values()], by=Actor.system()) if first else {}
    )
    sender, bodies, envelopes = sender_of(session), {}, []
    for each in first.values():
        variant = (each.language, each.is_neutral)
        if variant not in bodies:
            words = parts(*variant)
            files = [attachments[each.language]] if attachments and not each.is_neutral else []
            bodies[variant] = keep_body(
                workspace=session.workspace,
                kind=kind,
                language=each.language,
                subject=words.subject,
                html=words.html,
                text=words.text,
                attachments=files,
                is_automatic=is_automatic,
            )
        envelopes.append(
            Envelope(
                key=f"session:{session.pk}:{key}:person:{each.owner.pk}",
                body=bodies[variant],
                to_email=each.owner.email,
                to_name=each.owner.name,
                from_name=sender.shown(is_neutral=each.is_neutral),
                reply_to=sender.email,
                recipient=f"person:{each.owner.pk}",
                link_ref=links[each.owner.pk].reference,
                personal={mails.NAME: each.owner.name, **(personal or {}).get(each.invitation.pk, {})},
                useless_after=useless_after,
            )
        )
    post_many(workspace=session.workspace, envelopes=envelopes)
    return len(envelopes)
