/* Cutter: the Python type around cut.c. It does not change once it is made, so that any number of threads may
   cut with it at the same time. */
#include "native.h"

#include "cut.h"

#include <string.h>

typedef struct {
    PyObject_HEAD
    Dictionary dictionary;
    Model model;
} Cutter;

static int
set_error(Outcome outcome)
{
    switch (outcome) {
    case DICTIONARY_OK:
        return 0;
    case DICTIONARY_MEMORY:
        PyErr_NoMemory();
        return -1;
    default:
        PyErr_SetString(PyExc_OverflowError, "the dictionary is too large: more than 16 million beginnings of "
                                             "words, or frequencies that add up to 2**62");
        return -1;
    }
}

static int
read_dictionary(Cutter *self, const Py_buffer *file)
{
    size_t line = 0;
    Outcome outcome = dictionary_make(&self->dictionary);
    if (outcome == DICTIONARY_OK) {
        outcome = dictionary_read(&self->dictionary, file->buf, (size_t)file->len, &line);
    }
    if (outcome == DICTIONARY_FORMAT) {
        PyErr_Format(PyExc_ValueError, "line %zu of the dictionary is not: word frequency tag", line);
        return -1;
    }
    if (outcome == DICTIONARY_OK && !self->dictionary.total) {
        PyErr_SetString(PyExc_ValueError, "the dictionary has no words");
        return -1;
    }
    return set_error(outcome);
}

static int
copy_table(double *target, size_t count, const Py_buffer *source, const char *name)
{
    if ((size_t)source->len != count * sizeof(double)) {
        PyErr_Format(PyExc_ValueError, "%s: %zu float64 values needed, given %zd bytes", name, count,
                     source->len);
        return -1;
    }
    memcpy(target, source->buf, count * sizeof(double));
    return 0;
}

static int
copy_model(Model *model, const Py_buffer *start, const Py_buffer *transition, const Py_buffer *emission)
{
    model->emission = PyMem_Malloc(HAN_COUNT * sizeof *model->emission);
    if (!model->emission) {
        PyErr_NoMemory();
        return -1;
    }
    if (copy_table(model->start, PLACES, start, "start") < 0 ||
        copy_table(&model->transition[0][0], PLACES * PLACES, transition, "transition") < 0) {
        return -1;
    }
    return copy_table(&model->emission[0][0], HAN_COUNT * PLACES, emission, "emission");
}

/* jieba's suggest_freq: a frequency that makes the word more probable than the words it is now cut into. */
static int64_t
suggest_frequency(const Dictionary *dictionary, const uint32_t *word, size_t length, double *best,
                  int64_t *ends)
{
    double total = (double)dictionary->total, share = 1.0;
    size_t count = cut(dictionary, NULL, word, length, best, ends);
    for (size_t i = 0, from = 0; i < count; from = (size_t)ends[i++]) {
        int64_t frequency = dictionary_frequency(dictionary, word + from, (size_t)ends[i] - from);
        share *= (double)(frequency == ABSENT ? 1 : frequency) / total;
    }
    int64_t least = (int64_t)(share * total) + 1;
    int64_t known = dictionary_frequency(dictionary, word, length);
    return known > least ? known : least;
}

/* Return *frequency* as a number, or one that is suggested where it is None; -1 with an exception. */
static int64_t
frequency_of(const Dictionary *dictionary, const uint32_t *word, size_t length, PyObject *frequency)
{
    if (frequency != Py_None) {
        int64_t given = PyLong_AsLongLong(frequency);
        if (given < 0 && !PyErr_Occurred()) {
            PyErr_Format(PyExc_ValueError, "frequency %R; use a whole number from 0, or None", frequency);
        }
        return given;
    }
    double *best = PyMem_Malloc(cut_room(dictionary) * sizeof(double));
    int64_t *ends = PyMem_Malloc(length * sizeof(int64_t));
    int64_t suggested = -1;
    if (best && ends) {
        suggested = suggest_frequency(dictionary, word, length, best, ends);
    } else {
        PyErr_NoMemory();
    }
    PyMem_Free(best);
    PyMem_Free(ends);
    return suggested;
}

static int
add_word(Cutter *self, PyObject *word, PyObject *frequency)
{
    Py_ssize_t length = PyUnicode_GetLength(word);
    Py_UCS4 *points = length < 0 ? NULL : PyUnicode_AsUCS4Copy(word);
    if (!points) {
        return -1;
    }
    int han = length > 0;
    for (Py_ssize_t i = 0; i < length && han; i++) {
        han = is_han(points[i]);
    }
    int result = -1;
    if (!han) {
        PyErr_Format(PyExc_ValueError, "word %R; use Han characters from U+4E00 to U+9FD5 alone", word);
    } else {
        int64_t count = frequency_of(&self->dictionary, points, (size_t)length, frequency);
        if (count >= 0) {
            result = set_error(dictionary_add(&self->dictionary, points, (size_t)length, count));
        }
    }
    PyMem_Free(points);
    return result;
}

static int
add_words(Cutter *self, PyObject *words)
{
    PyObject *items = PyObject_GetIter(words), *item;
    if (!items) {
        return -1;
    }
    int result = 0;
    while (result == 0 && (item = PyIter_Next(items)) != NULL) {
        PyObject *word, *frequency;
        result = -1;
        if (!PyTuple_Check(item)) {
            PyErr_Format(PyExc_TypeError, "entry %R; use a tuple (word, frequency)", item);
        } else if (PyArg_ParseTuple(item, "UO", &word, &frequency)) {
            result = add_word(self, word, frequency);
        }
        Py_DECREF(item);
    }
    Py_DECREF(items);
    return PyErr_Occurred() ? -1 : result;
}

static PyObject *
cutter_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"dictionary", "start", "transition", "emission", "words", NULL};
    Py_buffer dictionary, start, transition, emission;
    PyObject *words;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "y*y*y*y*O:Cutter", names, &dictionary, &start,
                                     &transition, &emission, &words)) {
        return NULL;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Cutter *self = (Cutter *)allocate(type, 0);
    if (self && (copy_model(&self->model, &start, &transition, &emission) < 0 ||
                 read_dictionary(self, &dictionary) < 0 || add_words(self, words) < 0)) {
        Py_CLEAR(self);
    }
    PyBuffer_Release(&dictionary);
    PyBuffer_Release(&start);
    PyBuffer_Release(&transition);
    PyBuffer_Release(&emission);
    return (PyObject *)self;
}

PyDoc_STRVAR(cutter_extended_doc, "extended(words)\n--\n\n"
                                  "Return a cutter that knows *words* besides, added in this order.");

static PyObject *
cutter_extended(PyObject *object, PyObject *words)
{
    const Cutter *self = (const Cutter *)object;
    PyTypeObject *type = Py_TYPE(object);
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Cutter *other = (Cutter *)allocate(type, 0);
    if (!other) {
        return NULL;
    }
    size_t size = HAN_COUNT * sizeof *self->model.emission;
    other->model = self->model;
    other->model.emission = PyMem_Malloc(size);
    if (!other->model.emission) {
        PyErr_NoMemory();
        Py_DECREF(other);
        return NULL;
    }
    memcpy(other->model.emission, self->model.emission, size);
    if (set_error(dictionary_copy(&other->dictionary, &self->dictionary)) < 0 || add_words(other, words) < 0) {
        Py_CLEAR(other);
    }
    return (PyObject *)other;
}

static void
cutter_dealloc(PyObject *object)
{
    Cutter *self = (Cutter *)object;
    PyTypeObject *type = Py_TYPE(object);
    dictionary_free(&self->dictionary);
    PyMem_Free(self->model.emission);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyObject *
cut_points(const Cutter *self, const uint32_t *text, size_t length, int guess)
{
    if (length > (size_t)PY_SSIZE_T_MAX / sizeof(int64_t)) {
        return PyErr_NoMemory();
    }
    PyObject *ends = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)(length * sizeof(int64_t)));
    double *best = PyMem_Malloc(cut_room(&self->dictionary) * sizeof(double));
    if (!ends || !best) {
        Py_XDECREF(ends);
        PyMem_Free(best);
        return PyErr_NoMemory();
    }
    int64_t *buffer = (int64_t *)(void *)PyByteArray_AsString(ends);
    size_t count;
    Py_BEGIN_ALLOW_THREADS
    count = cut(&self->dictionary, guess ? &self->model : NULL, text, length, best, buffer);
    Py_END_ALLOW_THREADS
    PyMem_Free(best);
    if (PyByteArray_Resize(ends, (Py_ssize_t)(count * sizeof(int64_t))) < 0) {
        Py_CLEAR(ends);
    }
    return ends;
}

PyDoc_STRVAR(cutter_cut_doc, "cut(points, hmm)\n--\n\n"
                             "Return the ends of the pieces of a text of code points, as int64 in a bytearray.");

static PyObject *
cutter_cut(Cutter *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"points", "hmm", NULL};
    PyObject *points;
    int guess;
    Py_buffer view;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "Op:cut", names, &points, &guess) ||
        PyObject_GetBuffer(points, &view, PyBUF_C_CONTIGUOUS) < 0) {
        return NULL;
    }
    PyObject *ends = NULL;
    if (view.itemsize == sizeof(uint32_t) && (uintptr_t)view.buf % sizeof(uint32_t) == 0) {
        ends = cut_points(self, view.buf, (size_t)view.len / sizeof(uint32_t), guess);
    } else {
        PyErr_Format(PyExc_TypeError, "points of %zd bytes each; use an aligned array of uint32",
                     view.itemsize);
    }
    PyBuffer_Release(&view);
    return ends;
}

static PyMethodDef cutter_methods[] = {
    {"cut", (PyCFunction)(void (*)(void))cutter_cut, METH_VARARGS | METH_KEYWORDS, cutter_cut_doc},
    {"extended", cutter_extended, METH_O, cutter_extended_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cutter_slots[] = {
    {Py_tp_doc, (void *)"Cutter(dictionary, start, transition, emission, words)\n--\n\n"
                        "jieba's segmentation of Han text; see _native.pyi."},
    {Py_tp_new, (void *)cutter_new},
    {Py_tp_dealloc, (void *)cutter_dealloc},
    {Py_tp_methods, cutter_methods},
    {0, NULL},
};

PyType_Spec native_cutter = {
    .name = "bitext.text._native.Cutter",
    .basicsize = sizeof(Cutter),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = cutter_slots,
};
