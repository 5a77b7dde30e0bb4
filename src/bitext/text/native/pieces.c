/* The text of blocks: gathered piece by piece, tidied when a block ends. */
#include "blocks.h"

/* Make room for *n* characters more; 0, or -1 with an exception. */
static int
reserve(Walk *walk, size_t n)
{
    if (walk->room - walk->size >= n) {
        return 0;
    }
    size_t room = 2 * (walk->size + n) + 256;
    uint32_t *parts = room > PY_SSIZE_T_MAX / sizeof *parts ? NULL : PyMem_Realloc(walk->parts, room * sizeof *parts);
    if (!parts) {
        PyErr_NoMemory();
        return -1;
    }
    walk->parts = parts;
    walk->room = room;
    return 0;
}

static void
begin_part(Walk *walk)
{
    walk->part[walk->number++ % 3] = walk->size;
}

static int
put(Walk *walk, const uint32_t *text, size_t n)
{
    if (reserve(walk, n) < 0) {
        return -1;
    }
    begin_part(walk);
    if (n) { /* nothing may have been reserved, and so there is nowhere to copy to */
        memcpy(walk->parts + walk->size, text, n * sizeof *text);
        walk->size += n;
    }
    return 0;
}

int
walk_boundary(Walk *walk)
{
    static const uint32_t boundary = BOUNDARY;
    return walk->number ? put(walk, &boundary, 1) : 0;
}

static int
is_white(const Walk *walk, uint32_t c)
{
    return is_class(walk->classes, c, SPACE);
}

static PyObject *
text_of(const uint32_t *text, size_t n)
{
    int order = PY_BIG_ENDIAN ? 1 : -1;
    return PyUnicode_DecodeUTF32((const char *)text, (Py_ssize_t)(n * sizeof *text), "surrogatepass", &order);
}

static void
clear(Walk *walk)
{
    walk->size = walk->number = 0;
    walk->start = walk->end = -1;
    walk->breaks = walk->linked = walk->length = 0;
    walk->heading = 0;
}

/* End the block. */
int
walk_flush(Walk *walk)
{
    if (!walk->number) {
        walk->breaks = walk->heading = 0;
        return 0;
    }
    int result = 0;
    if (walk->start >= 0) {
        size_t size = walk->size;
        if (reserve(walk, size) < 0) {
            return -1;
        }
        uint32_t *tidied = walk->parts + size;
        size = tidy(walk->parts, size, walk->classes, tidied);
        if (size) {
            const char *tag = walk->heading ? "h" : "";
            for (size_t at = walk->depth; at-- > 0 && !walk->heading;) {
                if (walk->stack[at].how & BLOCK) {
                    tag = walk->stack[at].name;
                    break;
                }
            }
            double share = (double)walk->linked / (double)(walk->length > 1 ? walk->length : 1);
            PyObject *text = text_of(tidied, size);
            PyObject *block = text ? Py_BuildValue("NnnOsd", text, walk->start, walk->end, walk->role, tag,
                                                   share < 1.0 ? share : 1.0)
                                   : NULL;
            result = block ? PyList_Append(walk->found, block) : -1;
            Py_XDECREF(block);
        }
    }
    clear(walk);
    return result;
}

/* Say whether one <br> between the two stands in the middle of a sentence. */
static int
is_mid_sentence(const Walk *walk, uint32_t before, uint32_t after)
{
    int letter = after - 'a' < 26u && (before - 'a' < 26u || before == ',');
    return letter || (is_class(walk->classes, before, HAN) && is_class(walk->classes, after, HAN));
}

/* One <br> in the middle of a sentence joins; any other ends the paragraph. */
static int
line_break(Walk *walk, uint32_t after)
{
    size_t from = walk->number > 3 ? walk->part[walk->number % 3] : 0, end = walk->size;
    for (int round = 0; round < 3; round++) {
        while (end > from && (round == 1 ? walk->parts[end - 1] == BOUNDARY : is_white(walk, walk->parts[end - 1]))) {
            end--;
        }
    }
    uint32_t before = end > from ? walk->parts[end - 1] : 0;
    int result = 0;
    if (walk->breaks > 1 || end == from || !is_mid_sentence(walk, before, after)) {
        result = walk_flush(walk);
    } else if (walk->number) {
        const uint32_t gap = before > 'z' ? BOUNDARY : ' ';
        result = put(walk, &gap, 1);
    }
    walk->breaks = 0;
    return result;
}

/* Put a piece of text with its entities resolved; return how many characters it has, -1 with an exception. */
static Py_ssize_t
put_unescaped(Walk *walk, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t size = -1;
    PyObject *raw = PyUnicode_Substring(walk->document, start, end);
    PyObject *text = raw ? PyObject_CallFunctionObjArgs(walk->unescape, raw, NULL) : NULL;
    if (text && (size = PyUnicode_GetLength(text)) >= 0) {
        if (reserve(walk, (size_t)size) < 0) {
            size = -1;
        } else if (size) {
            begin_part(walk);
            if (PyUnicode_AsUCS4(text, walk->parts + walk->size, size, 0)) {
                walk->size += (size_t)size;
            } else {
                size = -1;
            }
        } else {
            begin_part(walk);
        }
    }
    Py_XDECREF(raw);
    Py_XDECREF(text);
    return size;
}

static int
add(Walk *walk, Py_ssize_t start, Py_ssize_t end)
{
    const uint32_t *text = walk->text;
    Py_ssize_t first = start, last = end;
    while (first < end && is_white(walk, text[first])) {
        first++;
    }
    if (first == end) {
        return walk->number ? put(walk, text + start, (size_t)(end - start)) : 0;
    }
    while (is_white(walk, text[last - 1])) {
        last--;
    }
    if (walk->breaks && line_break(walk, text[first]) < 0) {
        return -1;
    }
    if (walk->start < 0) {
        walk->start = first;
    }
    walk->end = last;
    Py_ssize_t size = end - start;
    Py_ssize_t entity = first;
    while (entity < last && text[entity] != '&') {
        entity++;
    }
    if (entity < last) {
        if ((size = put_unescaped(walk, start, end)) < 0) {
            return -1;
        }
    } else if (put(walk, text + start, (size_t)size) < 0) {
        return -1;
    }
    size -= first - start;
    walk->length += size;
    walk->linked += walk->links ? size : 0;
    return 0;
}

int
walk_text(Walk *walk, Py_ssize_t start, Py_ssize_t end)
{
    for (Py_ssize_t at = start; walk->heading && at < end; at++) {
        if (walk->text[at] == '\n') { /* a Markdown heading ends with its line */
            if (add(walk, start, at) < 0 || walk_flush(walk) < 0) {
                return -1;
            }
            start = at;
            break;
        }
    }
    return add(walk, start, end);
}
