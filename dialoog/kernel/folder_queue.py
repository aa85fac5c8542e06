"""The queue in a folder, where a message is there whole or not at all."""

import os
import time
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem

_NAMELESS = ".waiting-"
# seconds; longer than anybody takes to write a message
_ABANDONED = 60


def clear_away(folder: Path) -> None:
    """Take away what a full disk or a hard kill left: a message that is empty, or half written."""
    for message in folder.iterdir():
        written = message.stat()
        is_half = _NAMELESS in message.name and written.st_mtime < time.time() - _ABANDONED
        if is_half or written.st_size == 0:
            message.unlink(missing_ok=True)


class Channel(filesystem.Channel):
    """kombu's, but a message gets its name when it is written.

    kombu opens the file under the name that readers look for and writes afterwards: a worker that looked in
    between read half a message, which it cannot understand, and stopped.
    """

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Put `payload` onto `queue`. ChannelError when the folder takes nothing."""
        waiting = f"{queue}{_NAMELESS}{os.urandom(6).hex()}"
        folder = Path(self.data_folder_out)
        super()._put(waiting, payload, **kwargs)
        try:
            (written,) = folder.glob(f"*.{waiting}.msg")
            written.replace(folder / written.name.replace(waiting, queue))
        except (OSError, ValueError) as error:
            raise ChannelError(f"A message for {queue} could not get its name.") from error


class Transport(filesystem.Transport):
    """`folder://` in `broker_url`."""

    Channel = Channel
