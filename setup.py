"""The C extension; everything else about the package is in pyproject.toml."""

import sysconfig
from pathlib import Path

from setuptools import Extension, setup

NATIVE = Path("src/bitext/text/native")
# One binary for all Pythons from 3.11 on; builds of Python without the GIL know no stable ABI.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")

setup(
    ext_modules=[
        Extension(
            "bitext.text._native",
            sources=sorted(path.as_posix() for path in NATIVE.glob("*.c")),
            depends=sorted(path.as_posix() for path in NATIVE.glob("*.h")),
            extra_compile_args=["-O2"],
            define_macros=[("Py_LIMITED_API", "0x030B0000")] if STABLE else [],
            py_limited_api=STABLE,
            optional=True,  # without a compiler bitext works through rjieba or jieba
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
)
