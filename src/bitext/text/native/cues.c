/* count_cues: how many concepts around an ambiguous one speak for each of its senses; see
   bitext.concepts.senses. */
#include "native.h"

#include <stdlib.h>

typedef struct {
    const int64_t *place;   /* of each hit: its article or sentence; never falls */
    const int64_t *concept; /* of each hit, or -1 where it does not speak */
    size_t hits;
    const int64_t *start;   /* senses that concept c speaks for: of[start[c]] to of[start[c + 1]] */
    const int64_t *of;
    size_t concepts, cues;
    const int64_t *hit, *sense; /* of each line; *hit* never falls */
    int64_t *votes;
    size_t lines;
    int64_t weight, senses;
} Cues;

static int
is_whole(const Cues *cues)
{
    for (size_t i = 0; i < cues->hits; i++) {
        if (cues->concept[i] >= (int64_t)cues->concepts || (i > 0 && cues->place[i] < cues->place[i - 1])) {
            return 0;
        }
    }
    for (size_t i = 0; i < cues->concepts; i++) {
        if (cues->start[i] < 0 || cues->start[i] > cues->start[i + 1]) {
            return 0;
        }
    }
    if (cues->start[cues->concepts] > (int64_t)cues->cues) {
        return 0;
    }
    for (size_t i = 0; i < cues->cues; i++) {
        if (cues->of[i] < 0 || cues->of[i] >= cues->senses) {
            return 0;
        }
    }
    for (size_t i = 0; i < cues->lines; i++) {
        if (cues->hit[i] < 0 || cues->hit[i] >= (int64_t)cues->hits || cues->sense[i] < 0
            || cues->sense[i] >= cues->senses || (i > 0 && cues->hit[i] < cues->hit[i - 1])) {
            return 0;
        }
    }
    return 1;
}

/* Add *by* for each cue of the hits from *first* to *stop*; 0 as *by* takes all back. */
static void
count(const Cues *cues, size_t first, size_t stop, int64_t *counts, int clear)
{
    for (size_t i = first; i < stop; i++) {
        int64_t concept = cues->concept[i];
        if (concept < 0) {
            continue;
        }
        for (int64_t at = cues->start[concept]; at < cues->start[concept + 1]; at++) {
            int64_t *counted = counts + cues->of[at];
            *counted = clear ? 0 : *counted + 1;
        }
    }
}

/* Only places with a line are counted. */
static void
count_all(const Cues *cues, int64_t *counts)
{
    size_t first = 0;
    for (size_t line = 0; line < cues->lines;) {
        int64_t place = cues->place[cues->hit[line]];
        while (cues->place[first] < place) {
            first++;
        }
        size_t stop = first;
        while (stop < cues->hits && cues->place[stop] == place) {
            stop++;
        }
        count(cues, first, stop, counts, 0);
        for (; line < cues->lines && cues->hit[line] < (int64_t)stop; line++) {
            cues->votes[line] += cues->weight * counts[cues->sense[line]];
        }
        count(cues, first, stop, counts, 1);
        first = stop;
    }
}

PyObject *
native_count_cues(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[7];
    Py_ssize_t senses, weight;
    if (!PyArg_ParseTuple(args, "OOOOOOOnn:count_cues", arrays, arrays + 1, arrays + 2, arrays + 3, arrays + 4,
                          arrays + 5, arrays + 6, &senses, &weight)) {
        return NULL;
    }
    static const Py_ssize_t sizes[7] = {8, 8, 8, 8, 8, 8, 8};
    Py_buffer views[7];
    if (native_buffers(arrays, sizes, views, 7, 6) < 0) {
        return NULL;
    }
    size_t n[7];
    for (int i = 0; i < 7; i++) {
        n[i] = (size_t)views[i].len / 8;
    }
    Cues cues = {
        views[0].buf, views[1].buf, n[0], views[2].buf, views[3].buf, n[2] ? n[2] - 1 : 0, n[3],
        views[4].buf, views[5].buf, views[6].buf, n[6], weight, senses,
    };
    int fits = n[0] == n[1] && n[2] > 0 && n[4] == n[6] && n[5] == n[6] && senses >= 0 && is_whole(&cues);
    int64_t *counts = fits ? calloc((size_t)senses + 1, sizeof(int64_t)) : NULL;
    if (counts) {
        Py_BEGIN_ALLOW_THREADS
        count_all(&cues, counts);
        Py_END_ALLOW_THREADS
        free(counts);
    }
    native_release(views, 7);
    if (!counts) {
        return fits ? PyErr_NoMemory()
                    : (PyErr_SetString(PyExc_ValueError, "arrays of different length, or numbers out of order"), NULL);
    }
    Py_RETURN_NONE;
}
