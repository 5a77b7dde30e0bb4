#!/bin/sh
# install.sh VENV LOCK: install the locked requirements and, editable, this project.
set -eu
venv=$1
lock=$2
echo "installing $lock into $venv ..." >&2
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" -r "$lock"
    uv pip install --quiet --python "$venv/bin/python" --no-deps -e .
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
fi
