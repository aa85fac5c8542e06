"""What is sent from a guest’s phone."""

from django.urls import reverse


def url(name, invitation):
    return reverse(f"portal:guest_{name}", args=[invitation.pk])


def sent(invitation, **fields):
    return {"person": invitation.person_id, **fields}


def answer(phone, invitation, follow=False, **fields):
    return phone.post(url("answer", invitation), sent(invitation, **fields), follow=follow)
