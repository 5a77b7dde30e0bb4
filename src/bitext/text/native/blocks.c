/* blocks: elements are opened and closed, and end blocks of text; see blocks.h. */
#include "blocks.h"

/* Leave an element and all inside it. */
static int
drop(Walk *walk, size_t depth)
{
    PyObject *outside = walk->stack[depth].outside;
    if (PyUnicode_Compare(outside, walk->role) && walk_flush(walk) < 0) {
        return -1;
    }
    Py_ssize_t links = 0;
    for (size_t at = depth; at < walk->depth; at++) {
        links += !strcmp(walk->stack[at].name, "a");
    }
    walk->links -= walk->links ? links : 0;
    Py_DECREF(walk->role);
    walk->role = outside; /* the reference of the element goes over */
    while (walk->depth > depth + 1) {
        Py_DECREF(walk->stack[--walk->depth].outside);
    }
    walk->depth = depth;
    return 0;
}

static int
close_element(Walk *walk, const char *name, long how)
{
    for (size_t at = walk->depth; at-- > 0;) {
        if (!strcmp(walk->stack[at].name, name)) {
            return drop(walk, at);
        }
        if (!(how & BLOCK) && (walk->stack[at].how & BLOCK)) {
            return 0; /* </b> without <b> */
        }
    }
    return 0;
}

/* A block element ends an open <p>, an <li> an open <li>: both are often left open. */
static int
leave_paragraph(Walk *walk, const char *name)
{
    for (size_t at = walk->depth; at-- > 0;) {
        const char *open = walk->stack[at].name;
        if (!strcmp(open, "p") || (!strcmp(open, "li") && !strcmp(name, "li"))) {
            return drop(walk, at);
        }
        if (walk->stack[at].how & BLOCK) {
            return 0;
        }
    }
    return 0;
}

static int
open_element(Walk *walk, const char *name, long how, PyObject *tag, const Mark *mark)
{
    if (walk->depth == walk->deepest) {
        size_t deepest = 2 * walk->deepest + 32;
        Element *stack = deepest > PY_SSIZE_T_MAX / sizeof *stack
            ? NULL : PyMem_Realloc(walk->stack, deepest * sizeof *stack);
        if (!stack) {
            PyErr_NoMemory();
            return -1;
        }
        walk->stack = stack;
        walk->deepest = deepest;
    }
    const char *parent = walk->number ? "text" : walk->depth ? walk->stack[walk->depth - 1].name : "";
    PyObject *attributes =
        PyUnicode_Substring(walk->document, (Py_ssize_t)mark->attributes, (Py_ssize_t)mark->stop);
    PyObject *role = attributes
        ? PyObject_CallFunction(walk->role_of, "OOOs", tag, attributes, walk->role, parent) : NULL;
    Py_XDECREF(attributes);
    if (!role) {
        return -1;
    }
    if (!PyUnicode_Check(role)) {
        PyErr_Format(PyExc_TypeError, "role %R; it must be a string", role);
        Py_DECREF(role);
        return -1;
    }
    walk->links += !strcmp(name, "a");
    if (PyUnicode_Compare(role, walk->role) && walk_flush(walk) < 0) {
        Py_DECREF(role);
        return -1;
    }
    Element *element = &walk->stack[walk->depth++];
    strcpy(element->name, name);
    element->how = how;
    element->outside = walk->role;
    walk->role = role;
    return 0;
}

static int
take_element(Walk *walk, const char *name, long how, PyObject *tag, const Mark *mark)
{
    if (!strcmp(name, "br")) {
        walk->breaks++;
        return 0;
    }
    if (how & VOID) {
        return !strcmp(name, "hr") || !strcmp(name, "img") ? walk_flush(walk) : 0;
    }
    if ((how & BLOCK ? walk_flush(walk) : walk_boundary(walk)) < 0) {
        return -1;
    }
    if (mark->close) {
        return close_element(walk, name, how);
    }
    if ((how & BLOCK) && leave_paragraph(walk, name) < 0) {
        return -1;
    }
    return open_element(walk, name, how, tag, mark);
}

static int
take_tag(Walk *walk, PyObject *kinds, const Mark *mark)
{
    char name[LONGEST_TAG + 1];
    size_t length = mark->attributes - mark->name;
    for (size_t i = 0; i < length; i++) { /* ASCII, and no longer than that: see tags.c */
        name[i] = (char)lower(walk->text[mark->name + i]);
    }
    name[length] = 0;
    PyObject *tag = PyUnicode_FromString(name);
    PyObject *kind = tag ? PyDict_GetItemWithError(kinds, tag) : NULL;
    long how = kind ? PyLong_AsLong(kind) : 0;
    int result = PyErr_Occurred() ? -1 : take_element(walk, name, how, tag, mark);
    Py_XDECREF(tag);
    return result;
}

static int
take_markdown(Walk *walk, Kind kind)
{
    switch (kind) {
    case LINK:
    case TARGET:
        walk->links += kind == LINK ? 1 : -1;
        return walk_boundary(walk);
    case STRONG:
        return walk_boundary(walk);
    case BLANK:
        for (size_t at = 0; at < walk->depth; at++) {
            if (!strcmp(walk->stack[at].name, "p")) {
                return 0;
            }
        }
        return walk_flush(walk);
    default:
        if (walk_flush(walk) < 0) {
            return -1;
        }
        walk->heading = kind == HEADING;
        return 0;
    }
}

/* Walk over the marks; 1 where only the patterns can tell what one is, -1 with an exception. */
static int
take_all(Walk *walk, Scan *scan, PyObject *kinds, size_t position)
{
    for (size_t from = position;;) {
        Mark mark = next_mark(scan, from);
        if (mark.kind == UNCLEAR) {
            return 1;
        }
        size_t stop = mark.kind == NOTHING ? scan->end : mark.start;
        if (stop > position && walk_text(walk, (Py_ssize_t)position, (Py_ssize_t)stop) < 0) {
            return -1;
        }
        if (mark.kind == NOTHING) {
            return walk_flush(walk);
        }
        position = mark.end;
        from = mark.end > mark.start ? mark.end : mark.end + 1;
        int result = mark.kind == TAG ? take_tag(walk, kinds, &mark)
            : mark.kind == SKIPPED    ? 0
                                      : take_markdown(walk, mark.kind);
        if (result < 0) {
            return -1;
        }
    }
}

/* Four letters that are no ASCII are equal to one where case does not matter; only the patterns know. */
static int
has_odd_letters(const uint32_t *text, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        if (text[at] == 0x130 || text[at] == 0x131 || text[at] == 0x17F || text[at] == 0x212A) {
            return 1;
        }
    }
    return 0;
}

PyObject *
native_blocks(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *document, *classes, *kinds, *role_of, *unescape, *found = NULL;
    Py_ssize_t start, end;
    int markdown;
    if (!PyArg_ParseTuple(args, "UnnpSO!OO:blocks", &document, &start, &end, &markdown, &classes, &PyDict_Type, &kinds,
                          &role_of, &unescape)) {
        return NULL;
    }
    Py_ssize_t length = PyUnicode_GetLength(document);
    if (length < 0 || PyBytes_Size(classes) != CLASSED) {
        PyErr_Format(PyExc_ValueError, "classes must be %d bytes", CLASSED);
        return NULL;
    }
    end = end < length ? end : length;
    if (start < 0 || start > end) {
        return PyList_New(0);
    }
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(document);
    if (!text) {
        return NULL;
    }
    Scan scan = {.text = text, .end = (size_t)end, .markdown = markdown,
                 .classes = (const uint8_t *)PyBytes_AsString(classes), .single = NOWHERE, .twofold = NOWHERE};
    Walk walk = {.document = document, .role_of = role_of, .unescape = unescape, .text = text,
                 .classes = scan.classes, .start = -1, .end = -1};
    int result = 1;
    if (!has_odd_letters(text, (size_t)start, (size_t)end)) {
        walk.role = PyUnicode_FromString("");
        walk.found = PyList_New(0);
        result = walk.role && walk.found ? take_all(&walk, &scan, kinds, (size_t)start) : -1;
    }
    while (walk.depth) {
        Py_DECREF(walk.stack[--walk.depth].outside);
    }
    Py_XDECREF(walk.role);
    PyMem_Free(walk.stack);
    PyMem_Free(walk.parts);
    PyMem_Free(text);
    found = result == 0 ? walk.found : NULL;
    if (!found) {
        Py_XDECREF(walk.found);
    }
    return found || result < 0 ? found : Py_NewRef(Py_None);
}
