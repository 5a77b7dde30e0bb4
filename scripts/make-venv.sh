#!/bin/sh
# make-venv.sh PYTHON VENV: make a virtual environment that has pip, on machines where that is not a matter of course.
# Debian's Python refuses `pip install` into itself and often comes without ensurepip; neither is needed here.
set -eu
python=$1
venv=$2

if ! command -v "$python" >/dev/null 2>&1; then
    echo "bitext needs Python 3.11 or later, and there is no '$python' here: install it, or name yours: make PYTHON=..." >&2
    exit 2
fi
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))'; then
    echo "bitext needs Python 3.11 or later; '$python' is $found. Name a newer one: make PYTHON=python3.12 demo" >&2
    exit 2
fi

rm -rf "$venv"
if "$python" -m venv "$venv" >/dev/null 2>&1; then
    exit 0
fi
# No ensurepip: an empty environment, and pip put into it by whatever installer the machine has.
rm -rf "$venv"
"$python" -m venv --without-pip "$venv"
if "$python" -m pip --python "$venv/bin/python" install --quiet pip 2>/dev/null; then
    exit 0
fi
if command -v uv >/dev/null 2>&1 && uv pip install --quiet --python "$venv/bin/python" pip; then
    exit 0
fi
rm -rf "$venv"
echo "no pip can be had for '$python': install python3-venv (Debian: apt install python3-venv) or pip, then run make again" >&2
exit 2
