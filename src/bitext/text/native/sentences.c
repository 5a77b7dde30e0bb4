/* number_sentences: the sentences of many articles, token after token; see bitext.text.sentences, which says
   what ends one. */
#include "native.h"

#include <stdint.h>

/* What a token's form says; the bits of bitext.text.sentences. */
enum { HARD = 1, SOFT = 2, STOP = 4, ABBREVIATION = 8, CLOSER = 16, STRAIGHT = 32, LOWER = 64, STARTER = 128 };
/* Blanks before a closing mark. */
#define BLANKS 2

typedef struct {
    const uint8_t *form;
    const int32_t *start, *end;
    size_t n;
    const int64_t *newlines;
    size_t newline_count;
    const int64_t *bounds;
    size_t articles;
    int32_t *sentence;
} Text;

static int
touches(const Text *text, size_t at)
{
    return at > 0 && at < text->n && text->start[at] == text->end[at - 1];
}

/* Say whether the mark at *at*, the *ordinal*th straight quote of its paragraph, closes. */
static int
straight_closes(const Text *text, size_t at, size_t ordinal)
{
    int before = touches(text, at), behind = touches(text, at + 1);
    return before != behind ? before : ordinal % 2 == 0;
}

static int
closes(const Text *text, size_t at, size_t ordinal)
{
    uint8_t form = text->form[at];
    if (at == 0 || !(form & (CLOSER | STOP | STRAIGHT))) {
        return 0;
    }
    int near = text->start[at] - text->end[at - 1] <= BLANKS;
    return (near && (form & CLOSER || (form & STOP && text->form[at - 1] & STOP)))
        || (form & STRAIGHT && touches(text, at) && straight_closes(text, at, ordinal));
}

/* Say whether a sentence ends before the token at *at*, where *ender* is the form of the last one before it that
   closes no quotation. */
static int
ends_before(const Text *text, size_t at, uint8_t ender)
{
    uint8_t form = text->form[at];
    return ender & HARD || (ender & (SOFT | STOP) && !(form & LOWER))
        || (ender & ABBREVIATION && form & STARTER && !touches(text, at));
}

static void
number(const Text *text)
{
    size_t line = 0, article = 0, ordinal = 0;
    int32_t current = 0;
    uint8_t ender = 0;
    for (size_t at = 0; at < text->n; at++) {
        int paragraph = at == 0, opens_article = at == 0;
        for (; line < text->newline_count && text->newlines[line] <= text->start[at]; line++) {
            paragraph = 1;
        }
        for (; article < text->articles && text->bounds[article] <= (int64_t)at; article++) {
            opens_article = 1;
        }
        paragraph |= opens_article;
        ordinal = (paragraph ? 0 : ordinal) + (text->form[at] & STRAIGHT ? 1 : 0);
        int closer = !paragraph && closes(text, at, ordinal);
        if (opens_article) {
            current = 0;
        } else if (paragraph || (!closer && ends_before(text, at, ender))) {
            current++;
        }
        text->sentence[at] = current;
        ender = closer ? ender : text->form[at];
    }
}

PyObject *
native_number_sentences(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *arrays[6];
    if (!PyArg_ParseTuple(args, "OOOOOO:number_sentences", arrays, arrays + 1, arrays + 2, arrays + 3, arrays + 4,
                          arrays + 5)) {
        return NULL;
    }
    static const Py_ssize_t sizes[6] = {1, 4, 4, 8, 8, 4};
    Py_buffer views[6];
    if (native_buffers(arrays, sizes, views, 6, 5) < 0) {
        return NULL;
    }
    size_t n = (size_t)views[0].len;
    Text text = {
        views[0].buf, views[1].buf, views[2].buf, n, views[3].buf, (size_t)views[3].len / 8,
        views[4].buf, (size_t)views[4].len / 8, views[5].buf,
    };
    int fits = (size_t)views[1].len == n * 4 && (size_t)views[2].len == n * 4 && (size_t)views[5].len == n * 4;
    if (fits) {
        Py_BEGIN_ALLOW_THREADS
        number(&text);
        Py_END_ALLOW_THREADS
    }
    native_release(views, 6);
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "form, start, end and sentence must be of one length");
        return NULL;
    }
    Py_RETURN_NONE;
}
