/* plain_words: the tokens of english.PATTERN that can be told without it; see bitext.text.latin.plain_words. */
#include "native.h"

#include <stdint.h>

static int
is_digit(uint32_t c)
{
    return c - '0' < 10u;
}

static int
is_letter(uint32_t c)
{
    return (c | 0x20) - 'a' < 26u;
}

/* Say whether a token begins at *at* whatever it is: behind a placeholder, or behind a blank that neither a
   number (6 million, 9 am), an initial (J. Smith) nor an abbreviation can claim. */
static int
is_open(const uint32_t *text, Py_ssize_t at)
{
    if (at == 0 || text[at - 1] == 0) {
        return 1;
    }
    return text[at - 1] == ' ' && (at == 1 || !(is_digit(text[at - 2]) || text[at - 2] == '.'));
}

/* Return the end of the token that begins at *at*, or *at* where only the pattern can tell. */
static Py_ssize_t
end_of_word(const uint32_t *text, Py_ssize_t n, Py_ssize_t at)
{
    Py_ssize_t end = at;
    if (is_digit(text[at])) {
        if (at > 0 && text[at - 1] != 0) {
            return at;  /* $ 5, No. 5 */
        }
        while (end < n && is_digit(text[end])) {
            end++;
        }
        return end == n || text[end] == 0 ? end : at;
    }
    while (end < n && is_letter(text[end])) {
        end++;
    }
    if (end == at || end == n || text[end] == 0 || text[end] == ',') {
        return end;
    }
    int currency = end - at == 3 && text[at] <= 'Z' && end + 1 < n && is_digit(text[end + 1]);  /* RMB 5 */
    return text[end] == ' ' && !currency ? end : at;
}

static Py_ssize_t
find_words(const uint32_t *text, Py_ssize_t n, int64_t *starts, int64_t *ends, unsigned char *left)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t at = 0; at < n;) {
        Py_ssize_t end = is_open(text, at) ? end_of_word(text, n, at) : at;
        if (end == at) {
            at++;
            continue;
        }
        starts[found] = at;
        ends[found++] = end;
        if (end < n && text[end] == ',') {
            starts[found] = end;
            ends[found++] = ++end;
        }
        if (end < n && text[end] == ' ') {
            end++;  /* the blank belongs to the token before it */
        }
        while (at < end) {
            left[at++] = 0;
        }
    }
    return found;
}

PyObject *
native_plain_words(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[4];
    if (!PyArg_ParseTuple(args, "OOOO:plain_words", arrays, arrays + 1, arrays + 2, arrays + 3)) {
        return NULL;
    }
    static const Py_ssize_t sizes[4] = {sizeof(uint32_t), sizeof(int64_t), sizeof(int64_t), 1};
    Py_buffer views[4];
    if (native_buffers(arrays, sizes, views, 4, 1) < 0) {
        return NULL;
    }
    Py_ssize_t n = views[0].len / (Py_ssize_t)sizeof(uint32_t);
    int fits = views[1].len / (Py_ssize_t)sizeof(int64_t) >= n
        && views[2].len / (Py_ssize_t)sizeof(int64_t) >= n && views[3].len >= n;
    Py_ssize_t found = 0;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        found = find_words(views[0].buf, n, views[1].buf, views[2].buf, views[3].buf);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 4);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "starts, ends and left must be as long as the text");
        return NULL;
    }
    return PyLong_FromSsize_t(found);
}
