/* White space between the pieces of a paragraph; the rules are those of bitext.reading.formats.html.spacing. */
#include "markup.h"

#include <string.h>

static int
is_gap(uint32_t c, const uint8_t *classes)
{
    return c == BOUNDARY || is_class(classes, c, SPACE);
}

/* Single blanks between words, and nothing else to collapse: such a text stays as it is. */
static int
is_simple(const uint32_t *text, size_t n, const uint8_t *classes)
{
    int before = 1;
    for (size_t at = 0; at < n; at++) {
        int gap = is_gap(text[at], classes);
        if (gap && (before || text[at] != ' ')) {
            return 0;
        }
        before = gap;
    }
    return !before;
}

/* What a run of white space and boundaries holds. */
typedef struct {
    size_t length, spaces; /* characters; those that are no boundary */
    uint32_t space;        /* the last of those */
    int line;              /* it holds a line feed */
} Gap;

static void
add(Gap *gap, uint32_t c)
{
    gap->length++;
    if (c != BOUNDARY) {
        gap->spaces++;
        gap->space = c;
        gap->line |= c == '\n';
    }
}

/* Say whether a gap is the page's layout, and no space that is meant. *before* and *after*: the classes of the
   characters around it. */
static int
vanishes(const Gap *gap, int before, int after)
{
    int beside = gap->length > gap->spaces; /* a tag stands in it */
    if (!gap->spaces) {
        return 1;
    }
    if (gap->line && beside) {
        return (before & WIDE) || (after & WIDE);
    }
    if (gap->line || (beside && gap->spaces == 1 && gap->space == ' ')) {
        return ((before & WIDE) && (after & (WIDE | SHARED))) || ((before & SHARED) && (after & WIDE));
    }
    return 0;
}

size_t
tidy(const uint32_t *text, size_t n, const uint8_t *classes, uint32_t *out)
{
    if (!n) {
        return 0;
    }
    if (is_simple(text, n, classes)) {
        memcpy(out, text, n * sizeof *out);
        return n;
    }
    size_t size = 0;
    Gap gap = {0};
    for (size_t at = 0; at < n; at++) {
        uint32_t c = text[at];
        if (is_gap(c, classes)) {
            add(&gap, c);
            continue;
        }
        int after = c < CLASSED ? classes[c] : 0;
        if (after & INVISIBLE) {
            continue;
        }
        if (gap.length && size) {
            uint32_t last = out[size - 1];
            if (!vanishes(&gap, last < CLASSED ? classes[last] : 0, after)) {
                out[size++] = ' ';
            }
        }
        gap = (Gap){0};
        out[size++] = c;
    }
    return size;
}
