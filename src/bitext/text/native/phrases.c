/* hash_texts, find_phrases, longest_spans: many phrases in tokens at once, and of overlapping finds the longest; see
   bitext.tokens.phrases, whose hashes these are. */
#include "native.h"

#include "phrase_index.h"

#include <stdlib.h>

/* What a type's edges are. */
enum { BEGINS_HAN = 1, ENDS_HAN = 2 };

typedef struct {
    PhraseIndex index;
    const uint64_t *hashes, *powers; /* of each type */
    const uint8_t *edges;
    const int32_t *term, *sentence; /* of each token */
    const int64_t *bounds;          /* of the articles */
    size_t types, tokens, articles;
    int64_t longest;                /* tokens in a phrase at most */
    int32_t *place;                 /* of each type among the keys, or -1 */
    int64_t *rows;                  /* number, first and last token of each find */
    size_t found, room;
} Search;

/* As `_is_han` of bitext.tokens.phrases has it. */
static int
is_phrase_han(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

enum { DONE, NO_MEMORY, BAD_NUMBER };

static int
put(Search *search, int64_t number, size_t first, size_t last)
{
    if (search->found == search->room) {
        size_t room = search->room ? search->room * 2 : 1024;
        int64_t *rows = realloc(search->rows, room * 3 * sizeof(int64_t));
        if (!rows) {
            return NO_MEMORY;
        }
        search->rows = rows;
        search->room = room;
    }
    int64_t *row = search->rows + 3 * search->found++;
    row[0] = number;
    row[1] = (int64_t)first;
    row[2] = (int64_t)last;
    return DONE;
}

/* Follow the phrases that begin at *first*, in a sentence that ends before *end* at the latest. */
static int
follow(Search *search, size_t first, size_t end)
{
    int32_t before = search->term[first];
    int64_t place = search->place[before];
    uint64_t run = search->hashes[before];
    for (size_t at = first; place >= 0; ) {
        int64_t number = search->index.numbers[place];
        if (number >= 0 && put(search, number, first, at) != DONE) {
            return NO_MEMORY;
        }
        if (++at >= end || search->sentence[at] != search->sentence[first]) {
            break;
        }
        int32_t term = search->term[at];
        if (!(search->edges[before] & ENDS_HAN && search->edges[term] & BEGINS_HAN)) {
            run = run * PHRASE_BASE + PHRASE_SEPARATOR;
        }
        run = run * search->powers[term] + search->hashes[term];
        place = (int64_t)(at - first) < search->longest ? phrase_index_find(&search->index, run) : -1;
        before = term;
    }
    return DONE;
}

static int
find_all(Search *search)
{
    search->place = malloc((search->types + 1) * sizeof(int32_t));
    if (!search->place) {
        return NO_MEMORY;
    }
    for (size_t i = 0; i < search->types; i++) {
        search->place[i] = (int32_t)phrase_index_find(&search->index, search->hashes[i]);
    }
    for (size_t i = 0; i < search->tokens; i++) {
        if (search->term[i] < 0 || (size_t)search->term[i] >= search->types) {
            return BAD_NUMBER;
        }
    }
    for (size_t article = 0; article < search->articles; article++) {
        int64_t low = search->bounds[article], high = search->bounds[article + 1];
        if (low < 0 || high < low || high > (int64_t)search->tokens) {
            return BAD_NUMBER;
        }
        for (size_t at = (size_t)low; at < (size_t)high; at++) {
            if (search->place[search->term[at]] >= 0 && follow(search, at, (size_t)high) != DONE) {
                return NO_MEMORY;
            }
        }
    }
    return DONE;
}

PyObject *
native_find_phrases(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[9];
    Py_ssize_t longest;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOn:find_phrases", arrays, arrays + 1, arrays + 2, arrays + 3, arrays + 4,
                          arrays + 5, arrays + 6, arrays + 7, arrays + 8, &longest)) {
        return NULL;
    }
    static const Py_ssize_t sizes[9] = {8, 8, 4, 8, 8, 1, 4, 4, 8};
    Py_buffer views[9];
    if (native_buffers(arrays, sizes, views, 9, 9) < 0) {
        return NULL;
    }
    size_t n[9];
    for (int i = 0; i < 9; i++) {
        n[i] = (size_t)(views[i].len / sizes[i]);
    }
    Search search = {
        .index = {views[0].buf, views[1].buf, views[2].buf, n[0], 0},
        .hashes = views[3].buf, .powers = views[4].buf, .edges = views[5].buf,
        .term = views[6].buf, .sentence = views[7].buf, .bounds = views[8].buf,
        .types = n[3], .tokens = n[6], .articles = n[8] ? n[8] - 1 : 0, .longest = longest,
    };
    int fits = n[0] == n[1] && n[3] == n[4] && n[3] == n[5] && n[6] == n[7] && n[8] > 0
        && phrase_index_shift(&search.index, n[2]);
    int result = BAD_NUMBER;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        result = find_all(&search);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 9);
    PyObject *rows = NULL;
    if (result == DONE) {
        rows = PyBytes_FromStringAndSize((const char *)search.rows,
                                         (Py_ssize_t)(search.found * 3 * sizeof(int64_t)));
    } else if (result == NO_MEMORY) {
        PyErr_NoMemory();
    } else {
        PyErr_SetString(PyExc_ValueError, "arrays of different length, or numbers that lead outside of them");
    }
    free(search.place);
    free(search.rows);
    return rows;
}

/* Write of each text its hash, BASE to the power of its length, and whether its edges are Han. */
static void
hash_all(const uint32_t *points, const int64_t *bounds, uint64_t *hashes, uint64_t *powers, uint8_t *edges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = 0, power = 1;
        for (int64_t at = bounds[i]; at < bounds[i + 1]; at++) {
            hash = hash * PHRASE_BASE + phrase_value(points[at]);
            power *= PHRASE_BASE;
        }
        hashes[i] = hash;
        powers[i] = power;
        edges[i] = 0;
        if (bounds[i] < bounds[i + 1]) {
            edges[i] = (uint8_t)((is_phrase_han(points[bounds[i]]) ? BEGINS_HAN : 0)
                                 | (is_phrase_han(points[bounds[i + 1] - 1]) ? ENDS_HAN : 0));
        }
    }
}

PyObject *
native_hash_texts(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[5];
    if (!PyArg_ParseTuple(args, "OOOOO:hash_texts", arrays, arrays + 1, arrays + 2, arrays + 3, arrays + 4)) {
        return NULL;
    }
    static const Py_ssize_t sizes[5] = {4, 8, 8, 8, 1};
    Py_buffer views[5];
    if (native_buffers(arrays, sizes, views, 5, 2) < 0) {
        return NULL;
    }
    size_t n = (size_t)views[4].len;
    const int64_t *bounds = views[1].buf;
    int fits = (size_t)views[1].len == (n + 1) * 8 && (size_t)views[2].len == n * 8
        && (size_t)views[3].len == n * 8 && bounds[0] >= 0;
    for (size_t i = 0; fits && i < n; i++) {
        fits = bounds[i] <= bounds[i + 1];
    }
    fits = fits && bounds[n] <= views[0].len / 4;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        hash_all(views[0].buf, bounds, views[2].buf, views[3].buf, views[4].buf, n);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 5);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "arrays of different length, or bounds outside the text");
        return NULL;
    }
    Py_RETURN_NONE;
}

/* Keep, from left to right, the longest span at each place and none that overlaps one kept; of equal spans the
   first. Returns 0 if *first* falls anywhere. */
static int
keep_longest(const int64_t *first, const int64_t *last, uint8_t *keep, size_t n)
{
    int64_t end = INT64_MIN;
    for (size_t at = 0; at < n;) {
        size_t longest = at, next = at;
        for (; next < n && first[next] == first[at]; next++) {
            keep[next] = 0;
            longest = last[next] > last[longest] ? next : longest;
        }
        if (next < n && first[next] < first[at]) {
            return 0;
        }
        if (first[at] > end) {
            keep[longest] = 1;
            end = last[longest];
        }
        at = next;
    }
    return 1;
}

PyObject *
native_longest_spans(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[3];
    if (!PyArg_ParseTuple(args, "OOO:longest_spans", arrays, arrays + 1, arrays + 2)) {
        return NULL;
    }
    static const Py_ssize_t sizes[3] = {8, 8, 1};
    Py_buffer views[3];
    if (native_buffers(arrays, sizes, views, 3, 2) < 0) {
        return NULL;
    }
    size_t n = (size_t)views[2].len;
    int fits = (size_t)views[0].len == n * 8 && (size_t)views[1].len == n * 8;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        fits = keep_longest(views[0].buf, views[1].buf, views[2].buf, n);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 3);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "arrays of different length, or firsts that do not rise");
        return NULL;
    }
    Py_RETURN_NONE;
}
