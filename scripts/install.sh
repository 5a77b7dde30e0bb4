#!/bin/sh
# install.sh VENV LOCK: install the locked requirements and, editable, this project. The lock names all that is
# needed, so that nothing is left to resolve (older versions of pip cannot: an extra that two packages ask for).
set -eu
venv=$1
lock=$2
echo "installing $lock into $venv ..." >&2
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" --no-deps -r "$lock"
    uv pip install --quiet --python "$venv/bin/python" --no-deps -e .
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
fi
