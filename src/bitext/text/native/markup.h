/* HTML and Markdown, on code points: where the marks are (tags.c, markdown.c), and white space between pieces
   (tidy.c). All know no Python. bitext.reading.formats.html.markup and .spacing say in Python what they do. */
#ifndef BITEXT_MARKUP_H
#define BITEXT_MARKUP_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What Python's own tables say of a character; one byte each for the code points below CLASSED, 0 above. */
enum { WORD = 1, DIGIT = 2, SPACE = 4, WIDE = 8, SHARED = 16, INVISIBLE = 32, HAN = 64 };
#define CLASSED 0x40000
/* Stands between two pieces of text that a tag inside a paragraph divides. */
#define BOUNDARY 1

/* The longest name of a tag; and elements whose content is no prose, taken whole. */
#define LONGEST_TAG 31
#define OPAQUE 13

typedef enum { NOTHING, SKIPPED, TAG, RULE, HEADING, ITEM, IMAGE, LINK, TARGET, STRONG, BLANK, UNCLEAR } Kind;

typedef struct {
    Kind kind;
    size_t start, end;
    int close;                    /* of a tag: is it an end tag? */
    size_t name, attributes, stop; /* where its name begins, where its attributes begin and end */
} Mark;

typedef struct {
    const uint32_t *text; /* the document, from its beginning */
    size_t end;           /* where to stop */
    int markdown;
    const uint8_t *classes;
    int unclosed[OPAQUE]; /* no end tag of this element is left */
    size_t single, twofold; /* no such quotation mark stands from here on */
} Scan;

static inline int
is_class(const uint8_t *classes, uint32_t c, int wanted)
{
    return c < CLASSED && (classes[c] & wanted);
}

/* The place of what was not found. */
#define NOWHERE ((size_t)-1)

static inline uint32_t
lower(uint32_t c)
{
    return c - 'A' < 26u ? c + 32 : c;
}

static inline int
is_letter(uint32_t c)
{
    return lower(c) - 'a' < 26u;
}

static inline int
is(const Scan *scan, size_t at, int wanted)
{
    return at < scan->end && is_class(scan->classes, scan->text[at], wanted);
}

static inline int
stands(const Scan *scan, size_t at, uint32_t c)
{
    return at < scan->end && scan->text[at] == c;
}

/* Not white space: what \S matches. */
static inline int
is_ink(const Scan *scan, size_t at)
{
    return at < scan->end && !is_class(scan->classes, scan->text[at], SPACE);
}

static inline size_t
find(const Scan *scan, size_t at, uint32_t c)
{
    while (at < scan->end && scan->text[at] != c) {
        at++;
    }
    return at < scan->end ? at : NOWHERE;
}

static inline size_t
skip(const Scan *scan, size_t at, const char *any, size_t most)
{
    while (most-- && at < scan->end && scan->text[at] && scan->text[at] < 128 &&
           strchr(any, (int)scan->text[at])) {
        at++;
    }
    return at;
}

static inline int
spells(const Scan *scan, size_t at, const char *word, size_t length)
{
    if (at > scan->end || scan->end - at < length) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        if (lower(scan->text[at + i]) != (uint32_t)word[i]) {
            return 0;
        }
    }
    return 1;
}

/* The mark of HTML, or of Markdown, that begins at *at*; its kind is NOTHING where none does. */
Mark html_mark(Scan *scan, size_t at);
Mark markdown_mark(const Scan *scan, size_t at);

/* Find the first mark from *from* on. NOTHING: there is none; UNCLEAR: only the patterns can tell. */
Mark next_mark(Scan *scan, size_t from);

/* Write *text* with its white space collapsed to *out*, which has room for it; return how much was written. */
size_t tidy(const uint32_t *text, size_t n, const uint8_t *classes, uint32_t *out);

#endif
