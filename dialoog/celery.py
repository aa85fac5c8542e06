"""The queue: Redis where there is one, else folders on disk; the database outbox is the truth either way."""

import logging
import os
import warnings

import kombu.exceptions
from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import worker_init, worker_ready
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from dialoog.kernel.folder_queue import clear_away

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")
logger = logging.getLogger(__name__)
# a name in the address, so that whoever puts another address in its place needs to know of nothing else
TRANSPORT_ALIASES["folder"] = "dialoog.kernel.folder_queue:Transport"

# a request that finds the queue down goes on at once; the worker's own patience is set elsewhere
IMPATIENT = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "socket_connect_timeout": 2}


def _broker() -> dict[str, object]:
    if settings.REDIS_URL:
        return {
            "broker_url": settings.REDIS_URL,
            # kombu waits a hundred seconds more by default before it redelivers
            "broker_transport_options": {
                "visibility_timeout": 600,
                "unacked_restore_interval": 2,
                "unacked_restore_throttle": 1,
                **IMPATIENT,
            },
        }
    folder = settings.VAR / "queue"
    processed = settings.VAR / "queue-control"
    for each in (folder, processed):
        each.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "folder://localhost",
        "broker_transport_options": {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(processed),
            "polling_interval": 0.05,
        },
    }


if settings.EMBEDDED:
    # on one's own machine the user may well be root; on a server the warning is right
    warnings.filterwarnings("ignore", category=SecurityWarning)
app = Celery("dialoog")
app.conf.update(
    **_broker(),
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    timezone="UTC",
    beat_schedule_filename=str(settings.VAR / "beat"),
    beat_schedule={
        "outbox.sweep": {"task": "outbox.sweep", "schedule": 20.0, "options": {"expires": 20}},
        # as often as the sweep: a sending whose message got lost with the queue goes on with this
        "sessions.tick": {"task": "sessions.tick", "schedule": 20.0, "options": {"expires": 20}},
        "feedback.tick": {"task": "feedback.tick", "schedule": 60.0},
        "sessions.tell_news": {"task": "sessions.tell_news", "schedule": 600.0, "options": {"expires": 600}},
        "sessions.forget": {"task": "sessions.forget", "schedule": 3600.0, "options": {"expires": 3600}},
        "workspaces.forget": {"task": "workspaces.forget", "schedule": 3600.0, "options": {"expires": 3600}},
        "portal.forget": {"task": "portal.forget", "schedule": 3600.0, "options": {"expires": 3600}},
    },
)
app.autodiscover_tasks()


@worker_init.connect
def make_ready(**kwargs: object) -> None:
    """Clear away what would stop the worker, and read what the first mail would wait for."""
    from dialoog.kernel.documents.pdf import warm_up  # why: only a worker prints, the web must start light

    if not settings.REDIS_URL:
        clear_away(settings.VAR / "queue")
    warm_up()


@worker_ready.connect
def go_on(**kwargs: object) -> None:
    """Take up what the worker before left, without waiting for the clock."""
    try:
        for task in ("outbox.sweep", "sessions.tick"):
            app.send_task(task, retry=False, expires=20)
    except (kombu.exceptions.KombuError, OSError):
        logger.warning("The queue is down; the clock will find what waits.")
