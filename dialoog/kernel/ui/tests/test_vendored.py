"""Files that others made are exactly the files that were read and recorded."""

import hashlib
import tomllib

from django.conf import settings

FONTS = settings.BASE_DIR / "static" / "fonts"


def test_recorded_hashes_match_the_files():
    recorded = {
        file: digest
        for entry in tomllib.loads((FONTS / "VENDORED.toml").read_text())["vendored"]
        for file, digest in entry["files"].items()
    }
    present = {
        str(path.relative_to(FONTS)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FONTS.rglob("*")
        if path.is_file() and path.name != "VENDORED.toml"
    }

    assert present == recorded
