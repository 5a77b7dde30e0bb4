/* bitext.text._native: the inner loops of the text layer that numpy has no words for. */
#include "native.h"

static int
add_types(PyObject *module)
{
    (void)module;
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)add_types},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bitext.text._native",
    .m_doc = "Inner loops of the text layer, in C; see _native.pyi.",
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
