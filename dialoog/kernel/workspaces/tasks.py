"""What the clock asks of this layer."""

from celery import shared_task

from dialoog.kernel.workspaces.short_memory import forget_expired


@shared_task(name="workspaces.forget")
def forget() -> None:
    forget_expired()
