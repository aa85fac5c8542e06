"""What account pages know of where they run and of the workspace one comes from."""

from django import template
from django.conf import settings
from django.template import Context

from dialoog.kernel.workspaces.last_used import last_of
from dialoog.kernel.workspaces.models import User, Workspace

register = template.Library()


@register.simple_tag(takes_context=True)
def way_back(context: Context) -> Workspace | None:
    """The workspace an account page leads back to."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return last_of(request, user) if isinstance(user, User) and request is not None else None


@register.simple_tag
def codes_in_terminal() -> bool:
    """Whether no mail leaves this machine: then a code stands where Dialoog was started, and nowhere else."""
    return bool(settings.EMBEDDED)
