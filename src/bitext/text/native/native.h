/* What the files of the extension share. Each type has a file of its own and its description here. */
#ifndef BITEXT_NATIVE_H
#define BITEXT_NATIVE_H

/* No format with '#' (y#, s#) in the files: compiled by Python 3.13 it does not run on 3.11 and 3.12. */
#include <Python.h>

/* Arrays, by the buffer protocol (arrays.c). Take n of them, contiguous, with items of the given sizes, those
   from first_written on to be written to; returns 0, or -1 with an exception set and nothing taken. */
int native_buffers(PyObject **arrays, const Py_ssize_t *sizes, Py_buffer *views, int n, int first_written);
void native_release(Py_buffer *views, int n);

extern PyType_Spec native_cutter, native_interner;
PyObject *native_plain_words(PyObject *module, PyObject *args);
PyObject *native_gain(PyObject *module, PyObject *args);
PyObject *native_number_sentences(PyObject *module, PyObject *args);
PyObject *native_blocks(PyObject *module, PyObject *args);
PyObject *native_hash_texts(PyObject *module, PyObject *args);
PyObject *native_find_phrases(PyObject *module, PyObject *args);
PyObject *native_longest_spans(PyObject *module, PyObject *args);
PyObject *native_divide_words(PyObject *module, PyObject *args);
PyObject *native_count_cues(PyObject *module, PyObject *args);

#endif
