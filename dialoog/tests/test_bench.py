"""The bench of the pages still runs: a moment of it, as a person would start it."""

import subprocess
import sys

from django.conf import settings


def test_the_bench_of_the_pages_measures_every_page():
    command = [sys.executable, "bench/pages.py", "--quick"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    for name in (
        "empty view",
        "guest page, invited",
        "home",
        "results of 30",
        "0 errors of 16",
        "web worker",
    ):
        assert name in done.stdout
