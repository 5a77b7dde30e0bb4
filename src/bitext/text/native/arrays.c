/* Arrays that come in and are written to, by the buffer protocol: no type needs numpy's headers. */
#include "native.h"

void
native_release(Py_buffer *views, int n)
{
    for (int i = 0; i < n; i++) {
        PyBuffer_Release(&views[i]);
    }
}

int
native_buffers(PyObject **arrays, const Py_ssize_t *sizes, Py_buffer *views, int n, int first_written)
{
    for (int i = 0; i < n; i++) {
        int flags = PyBUF_C_CONTIGUOUS | (i >= first_written ? PyBUF_WRITABLE : 0);
        if (PyObject_GetBuffer(arrays[i], &views[i], flags) < 0) {
            native_release(views, i);
            return -1;
        }
        if (views[i].itemsize != sizes[i]) {
            PyErr_Format(PyExc_TypeError, "array %d holds items of %zd bytes, not %zd", i, views[i].itemsize, sizes[i]);
            native_release(views, i + 1);
            return -1;
        }
    }
    return 0;
}
