"""What a worker does by itself."""

import os
import time
from contextlib import suppress
from queue import Empty

from kombu import Connection

from dialoog.celery import app, go_on
from dialoog.kernel.folder_queue import Transport, clear_away


def test_a_new_worker_looks_for_what_the_last_one_left():
    with app.connection_for_write() as line, line.SimpleQueue("celery") as queue:
        queue.clear()

        go_on()

        names = [queue.get(block=False).headers["task"] for _task in range(2)]
    assert names == ["outbox.sweep", "sessions.tick"]


class Curious:
    """A message that looks into the queue while it is being written."""

    def __init__(self, channel):
        self.channel, self.found = channel, []

    def __json__(self):
        with suppress(Empty):
            self.found.append(self.channel._get("mail"))
        return "hello"


def test_a_message_in_the_folder_is_whole_or_not_there(tmp_path):
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    with Connection("memory://", transport=Transport, transport_options=options) as line:
        channel = line.channel()
        message = Curious(channel)

        channel._put("mail", {"body": message})

        assert message.found == []
        assert channel._get("mail") == {"body": "hello"}
        assert list(tmp_path.iterdir()) == []


def test_what_a_hard_kill_left_goes_and_what_is_being_written_stays(tmp_path):
    names = ("1_mail.waiting-a.msg", "2_mail.waiting-b.msg", "3_mail.msg", "4_mail.msg")
    old, being_written, whole, empty = (tmp_path / name for name in names)
    for message in (old, being_written, whole):
        message.write_text("{")
    empty.touch()
    os.utime(old, (time.time() - 120,) * 2)

    clear_away(tmp_path)

    assert sorted(tmp_path.iterdir()) == [being_written, whole]


def test_the_queue_of_a_house_of_ones_own_is_a_folder_until_another_address_is_given(tmp_path):
    options = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    with Connection("folder://localhost", transport_options=options) as line:
        assert isinstance(line.transport, Transport)
    # as the demo is loaded, before there is a worker
    with app.connection_for_write("memory://localhost") as line:
        assert not isinstance(line.transport, Transport)
