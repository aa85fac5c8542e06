# What bin/run and bin/test share: a Python environment with the pinned requirements, and the system's libraries.

say() { printf '%s\n' "$*" >&2; }

find_python() {
    local candidate
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "Dialoog needs Python 3.11 or newer with venv. On Debian: sudo apt-get install python3 python3-venv"
    exit 1
}

# make_environment FILE: .venv with what FILE lists; does nothing when it has that already
make_environment() {
    local wanted mark=".venv/.$1.sha256"
    wanted=$(cat requirements.txt "$1" | sha256sum)
    if [ -x .venv/bin/python ] && [ "$(cat "$mark" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    [ -x .venv/bin/python ] || { say "Making .venv …"; "$(find_python)" -m venv .venv; }
    say "Installing $1, once …"
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-virtualenv -r "$1"
    printf '%s\n' "$wanted" >"$mark"
}

# apt_install PACKAGE…: installs where it may, else says the one line to type
apt_install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* …"
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
            { apt-get -qq update >/dev/null &&
                DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null; }
    elif command -v apt-get >/dev/null; then
        say "Something of the system is missing. Type this line and start again:"
        say "  sudo apt-get install -y $*"
        return 1
    else
        say "Something of the system is missing: install what Debian calls $* and start again."
        return 1
    fi
}

check_libraries() {
    .venv/bin/python -I -S - <<'PYTHON' || apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || exit 1
import ctypes
import sys

wanted = {
    "linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"),
}[sys.platform]
for name in wanted:
    if sys.platform == "darwin":
        import ctypes.util

        if not ctypes.util.find_library(name):
            sys.exit("Printing needs Pango. Type: brew install pango")
    else:
        try:
            ctypes.CDLL(name)
        except OSError:
            sys.exit(1)
PYTHON
}
