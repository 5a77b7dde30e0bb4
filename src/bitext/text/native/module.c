/* bitext.text._native: the inner loops of the text layer that numpy has no words for. */
#include "native.h"

static int
add_type(PyObject *module, PyType_Spec *spec)
{
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    int result = type ? PyModule_AddType(module, (PyTypeObject *)type) : -1;
    Py_XDECREF(type);
    return result;
}

static int
add_types(PyObject *module)
{
    return add_type(module, &native_cutter) < 0 || add_type(module, &native_interner) < 0 ? -1 : 0;
}

static PyMethodDef functions[] = {
    {"plain_words", native_plain_words, METH_VARARGS,
     "plain_words(points, starts, ends, left): tokens told without the pattern; returns how many."},
    {"gain", native_gain, METH_VARARGS,
     "gain(values, word, costs): how much better characters explain a Latin word than chance does."},
    {"blocks", native_blocks, METH_VARARGS,
     "blocks(document, start, end, markdown, classes, kinds, role, unescape): text, place, role, tag and share of "
     "links of each block; None where only the patterns can tell."},
    {"number_sentences", native_number_sentences, METH_VARARGS, "number_sentences(...): of tokens, by article."},
    {"hash_texts", native_hash_texts, METH_VARARGS, "hash_texts(...): hashes of texts, and what their edges are."},
    {"find_phrases", native_find_phrases, METH_VARARGS, "find_phrases(...): rows of phrase, first and last token."},
    {"longest_spans", native_longest_spans, METH_VARARGS, "longest_spans(first, last, keep): mark what is kept."},
    {"divide_words", native_divide_words, METH_VARARGS, "divide_words(...): listed parts of words; how many."},
    {"count_cues", native_count_cues, METH_VARARGS, "count_cues(...): add what speaks for each line."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)add_types},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bitext.text._native",
    .m_doc = "Inner loops of the text layer, in C; see _native.pyi.",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
