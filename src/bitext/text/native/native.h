/* What the files of the extension share. Each type has a file of its own and one function here that puts it
   into the module; it returns 0, or -1 with a Python exception set. */
#ifndef BITEXT_NATIVE_H
#define BITEXT_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#endif
