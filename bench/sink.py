"""A mail server that takes everything and writes down each Message-ID: `python bench/sink.py PORT FILE`."""

import asyncio
import re
import sys
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


class Taker:
    """Notes moment and Message-ID of every mail before it says yes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        found = MESSAGE_ID.search(envelope.content[:2000])
        self._file.write(f"{time.time()} {found[1].decode() if found else '-'}\n")
        return "250 OK"


async def serve(port: int, path: Path) -> None:
    taker = Taker(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(taker, loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
