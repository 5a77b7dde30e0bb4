/* gain: how well letters are explained by characters, one stretch of letters each; see
   bitext.glossaries.transliteration. */
#include "native.h"

#include <stdint.h>

#define LONGEST_WORD 64
#define LETTERS 26
#define NOTHING -1e9

/* values: of each character, what a stretch that begins with a letter is worth; costs: of stretches of one letter
   and more. Sums are taken in the order in which Python takes them. */
static double
gain(const double *values, Py_ssize_t characters, const char *word, Py_ssize_t n, const double *costs,
     Py_ssize_t longest)
{
    double best[LONGEST_WORD + 1], row[LONGEST_WORD + 1];
    for (Py_ssize_t at = 0; at <= n; at++) {
        best[at] = at ? NOTHING : 0.0;
    }
    for (Py_ssize_t place = 0; place < characters; place++) {
        Py_ssize_t left = characters - place - 1;
        for (Py_ssize_t at = 0; at <= n; at++) {
            row[at] = NOTHING;
        }
        for (Py_ssize_t at = 0; at < n; at++) {
            if (best[at] == NOTHING) {
                continue;
            }
            double own = values[place * LETTERS + (word[at] - 'a')];
            for (Py_ssize_t size = 1; size <= longest && size <= n - at - left; size++) {
                double value = best[at] + costs[size - 1];
                value += own;
                value += 0.7;
                if (value > row[at + size]) {
                    row[at + size] = value;
                }
            }
        }
        for (Py_ssize_t at = 0; at <= n; at++) {
            best[at] = row[at];
        }
    }
    return best[n];
}

PyObject *
native_gain(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[2], *letters;
    if (!PyArg_ParseTuple(args, "OSO:gain", arrays, &letters, arrays + 1)) {
        return NULL;
    }
    const char *word = PyBytes_AsString(letters);
    Py_ssize_t n = PyBytes_Size(letters);
    int fits = n <= LONGEST_WORD;
    for (Py_ssize_t at = 0; at < n && fits; at++) {
        fits = word[at] >= 'a' && word[at] <= 'z';
    }
    if (!fits) {
        PyErr_Format(PyExc_ValueError, "a word must be of at most %d letters a to z", LONGEST_WORD);
        return NULL;
    }
    static const Py_ssize_t sizes[2] = {sizeof(double), sizeof(double)};
    Py_buffer views[2];
    if (native_buffers(arrays, sizes, views, 2, 2) < 0) {
        return NULL;
    }
    Py_ssize_t characters = views[0].len / (Py_ssize_t)(LETTERS * sizeof(double));
    Py_ssize_t longest = views[1].len / (Py_ssize_t)sizeof(double);
    double value = gain(views[0].buf, characters, word, n, views[1].buf, longest);
    native_release(views, 2);
    return PyFloat_FromDouble(value);
}
