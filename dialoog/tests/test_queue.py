"""What a worker does by itself."""

from dialoog.celery import app, go_on


def test_a_new_worker_looks_for_what_the_last_one_left():
    with app.connection_for_write() as line, line.SimpleQueue("celery") as queue:
        queue.clear()

        go_on()

        names = [queue.get(block=False).headers["task"] for _task in range(2)]
    assert names == ["outbox.sweep", "sessions.tick"]
