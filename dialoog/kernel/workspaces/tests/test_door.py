"""The door: open is who answers, not who has a port."""

import socket
import time

import pytest

from dialoog.kernel.workspaces.management.door import Door


@pytest.fixture
def port():
    """A port that takes connections, with nobody behind it yet."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        yield server


@pytest.fixture
def door(port):
    return Door("127.0.0.1", port.getsockname()[1], name="localhost", path="/accounts/login/")


def comes_true(is_so) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.01)
    return False


def test_a_port_that_does_not_answer_yet_is_a_closed_door(port, door):
    looks = [door.is_open() for _look in range(5)]

    line, _address = port.accept()
    assert looks == [False] * 5
    assert line.recv(1000).startswith(b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n")


def test_an_answer_opens_the_door(port, door):
    assert not door.is_open()
    line, _address = port.accept()

    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    assert comes_true(door.is_open)


def test_a_line_that_breaks_is_laid_again(port, door):
    assert not door.is_open()
    port.accept()[0].close()
    looks = [door.is_open() for _look in range(5)]

    line, _address = port.accept()
    assert looks == [False] * 5
    line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    assert comes_true(door.is_open)


def test_nobody_there_is_a_closed_door():
    assert not Door("127.0.0.1", 1, name="localhost", path="/").is_open()
