"""The queue in a folder, where a message is there whole or not at all."""

import os
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem


class Channel(filesystem.Channel):
    """kombu's, but a message gets its name when it is written.

    kombu opens the file under the name that readers look for and writes afterwards: a worker that looked in
    between read half a message, which it cannot understand, and stopped.
    """

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Put `payload` onto `queue`. ChannelError when the folder takes nothing."""
        waiting = f"{queue}.waiting-{os.urandom(6).hex()}"
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
