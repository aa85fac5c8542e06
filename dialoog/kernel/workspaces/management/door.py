"""Whether a web server answers yet, asked without waiting for it."""

import select
import socket


class Door:
    """A page that is asked for again and again until somebody answers.

    A port that takes connections is not enough: the server opens it a while before the application behind it
    has been read.
    """

    def __init__(self, host: str, port: int, *, name: str, path: str) -> None:
        self._place = (host, port)
        self._question = f"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()
        self._line: socket.socket | None = None

    def is_open(self) -> bool:
        """Ask, or look whether the answer has come; a line that broke is laid anew at the next look."""
        try:
            if self._line is None:
                self._line = socket.create_connection(self._place, timeout=0.2)
                self._line.sendall(self._question)
            if not select.select([self._line], [], [], 0)[0]:
                return False
            answered = self._line.recv(5) == b"HTTP/"
        except OSError:
            answered = False
        self._hang_up()
        return answered

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
