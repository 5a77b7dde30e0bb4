/* divide_words: words into listed parts, by the hashes of bitext.tokens.phrases; see bitext.concepts.word_parts,
   which says what the parts of a word are. */
#include "native.h"

#include "phrase_index.h"

/* Characters of a word at most. */
#define LONGEST 32
/* What a text is that is neither a form nor a stop word. */
#define NOTHING (-1)

typedef struct {
    PhraseIndex index;
    const uint8_t *places; /* of each form: whether it names a place */
    size_t forms;
    const uint32_t *suffixes;
    size_t suffix_count;
} Parts;

static int64_t
number_of(const Parts *parts, uint64_t hash)
{
    int64_t place = phrase_index_find(&parts->index, hash);
    return place < 0 ? NOTHING : parts->index.numbers[place];
}

static int
is_suffix(const Parts *parts, uint32_t character)
{
    for (size_t i = 0; i < parts->suffix_count; i++) {
        if (parts->suffixes[i] == character) {
            return 1;
        }
    }
    return 0;
}

/* Write the forms that a word of *length* characters divides into; return how many. Parts have two characters
   or more, and the word itself is none. */
static size_t
divide(const Parts *parts, const uint32_t *word, size_t length, int64_t *found)
{
    uint64_t value[LONGEST], hash = 0;
    for (size_t i = 0; i < length; i++) {
        value[i] = phrase_value(word[i]);
    }
    if (is_suffix(parts, word[length - 1])) {
        for (size_t i = 0; i + 1 < length; i++) {
            hash = hash * PHRASE_BASE + value[i];
        }
        int64_t name = number_of(parts, hash);
        if (name >= 0 && (size_t)name < parts->forms && parts->places[name]) {
            found[0] = name;
            return 1;
        }
    }
    size_t next[LONGEST + 1] = {0}; /* where the part ends that begins here, on a way to the end; 0: none */
    int64_t number[LONGEST];
    next[length] = length;
    for (size_t start = length - 1; start-- > 0;) {
        if (start == 1) {
            continue; /* the first character would be left alone */
        }
        hash = value[start];
        for (size_t end = start + 2; end <= length; end++) { /* the longest that leads to the end is kept */
            hash = hash * PHRASE_BASE + value[end - 1];
            if (!next[end] || end - start == length) {
                continue;
            }
            int64_t part = number_of(parts, hash);
            if (part != NOTHING) {
                next[start] = end;
                number[start] = part;
            }
        }
    }
    size_t count = 0;
    for (size_t at = 0; next[0] && at < length; at = next[at]) {
        if (number[at] >= 0) {
            found[count++] = number[at];
        }
    }
    return count;
}

/* Return how many parts were written, or -1 for a word of no or too many characters. */
static int64_t
divide_all(const Parts *parts, const Py_buffer *points, const Py_buffer *bounds, int64_t *sizes, int64_t *found)
{
    const int64_t *edges = bounds->buf;
    size_t words = (size_t)bounds->len / sizeof(int64_t) - 1;
    int64_t room = points->len / (Py_ssize_t)sizeof(uint32_t), written = 0;
    for (size_t i = 0; i < words; i++) {
        int64_t length = edges[i + 1] - edges[i];
        if (edges[i] < 0 || length < 2 || length > LONGEST || edges[i + 1] > room || (i == 0 && edges[0] != 0)) {
            return -1;
        }
        sizes[i] = (int64_t)divide(parts, (const uint32_t *)points->buf + edges[i], (size_t)length, found + written);
        written += sizes[i];
    }
    return written;
}

PyObject *
native_divide_words(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[9];
    if (!PyArg_ParseTuple(args, "OOOOOOOOO:divide_words", arrays, arrays + 1, arrays + 2, arrays + 3, arrays + 4,
                          arrays + 5, arrays + 6, arrays + 7, arrays + 8)) {
        return NULL;
    }
    /* keys, numbers, buckets, places, suffixes, points, bounds; sizes, found */
    static const Py_ssize_t sizes[9] = {8, 8, 4, 1, 4, 4, 8, 8, 8};
    Py_buffer views[9];
    if (native_buffers(arrays, sizes, views, 9, 7) < 0) {
        return NULL;
    }
    size_t n[9];
    for (int i = 0; i < 9; i++) {
        n[i] = (size_t)(views[i].len / sizes[i]);
    }
    Parts parts = {
        .index = {views[0].buf, views[1].buf, views[2].buf, n[0], 0},
        .places = views[3].buf, .forms = n[3], .suffixes = views[4].buf, .suffix_count = n[4],
    };
    int fits = n[0] == n[1] && n[6] > 0 && n[7] == n[6] - 1 && n[8] >= n[5]
        && phrase_index_shift(&parts.index, n[2]);
    int64_t written = -1;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        written = divide_all(&parts, &views[5], &views[6], views[7].buf, views[8].buf);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 9);
    if (written < 0) {
        PyErr_SetString(PyExc_ValueError, "arrays of different length, or words of no or more than 32 characters");
        return NULL;
    }
    return PyLong_FromLongLong(written);
}
