/* The marks of Markdown, numbered as in the pattern of bitext.reading.formats.html.markup: see tags.c. */
#include "markup.h"

/* 5 a rule, 6 a heading, 7 an item of a list or a quotation: what begins a line */
static Mark
line(const Scan *scan, size_t at)
{
    Mark mark = {.kind = NOTHING, .start = at};
    size_t place = skip(scan, at, " \t", 3);
    if (place < scan->end) {
        const char sign[2] = {scan->text[place] < 128 ? (char)scan->text[place] : 0, 0};
        if (*sign && strchr("-*_=", *sign)) {
            size_t behind = skip(scan, place, sign, NOWHERE), stop = skip(scan, behind, " \t", NOWHERE);
            if (behind - place >= 3 && (stop == scan->end || scan->text[stop] == '\n')) {
                return (Mark){.kind = RULE, .start = at, .end = stop};
            }
        }
    }
    place = skip(scan, at, " ", 3);
    size_t signs = skip(scan, place, "#", 6);
    mark.end = skip(scan, signs, " \t", NOWHERE);
    if (signs > place && mark.end > signs) {
        mark.kind = HEADING;
        return mark;
    }
    size_t blank = skip(scan, at, " \t", NOWHERE);
    signs = skip(scan, blank, "-*+", 1);
    mark.end = skip(scan, signs, " \t", NOWHERE);
    mark.kind = ITEM;
    if (signs > blank && mark.end > signs) {
        return mark;
    }
    if (stands(scan, place, '>')) {
        mark.end = skip(scan, place + 1, " \t", 1);
        return mark;
    }
    size_t digits = blank;
    while (digits < blank + 2 && is(scan, digits, DIGIT)) {
        digits++;
    }
    mark.end = blank;
    if (digits > blank && (stands(scan, digits, '.') || stands(scan, digits, ')')) && stands(scan, digits + 1, ' ')) {
        return mark;
    }
    mark.kind = NOTHING;
    return mark;
}

/* Return the place of the bracket that closes what begins at *at*, inside of which one pair may stand. *hard*:
   white space ends it; else a line feed does. */
static size_t
bracket(const Scan *scan, size_t at, uint32_t open, uint32_t close, int hard)
{
    for (int depth = 0; at < scan->end; at++) {
        uint32_t c = scan->text[at];
        if (c == close) {
            if (!depth) {
                return at;
            }
            depth = 0;
        } else if (c == open) {
            if (depth++) {
                return NOWHERE;
            }
        } else if (hard ? is(scan, at, SPACE) : c == '\n') {
            return NOWHERE;
        }
    }
    return NOWHERE;
}

/* Return the place of *c* in the line, before another image begins; or NOWHERE */
static size_t
before_image(const Scan *scan, size_t at, uint32_t c)
{
    for (; at < scan->end && scan->text[at] != '\n'; at++) {
        if (scan->text[at] == c) {
            return at;
        }
        if (scan->text[at] == '!' && stands(scan, at + 1, '[')) {
            return NOWHERE;
        }
    }
    return NOWHERE;
}

/* 8 an image; its end, or NOWHERE */
static size_t
image(const Scan *scan, size_t at)
{
    size_t end = stands(scan, at + 1, '[') ? before_image(scan, at + 2, ']') : NOWHERE;
    end = end != NOWHERE && stands(scan, end + 1, '(') ? before_image(scan, end + 2, ')') : NOWHERE;
    return end == NOWHERE ? NOWHERE : end + 1;
}

/* 10 ](…), which ends a link; its end, or NOWHERE */
static size_t
target(const Scan *scan, size_t at)
{
    size_t end = stands(scan, at + 1, '(') ? bracket(scan, at + 2, '(', ')', 1) : NOWHERE;
    return end == NOWHERE ? NOWHERE : end + 1;
}

/* 9 [, where the text of a link and its target follow */
static int
is_link(const Scan *scan, size_t at)
{
    size_t end = bracket(scan, at + 1, '[', ']', 0);
    return end != NOWHERE && target(scan, end) != NOWHERE;
}

/* 11 bold and italic; its length, or 0 */
static size_t
strong(const Scan *scan, size_t at)
{
    uint32_t c = scan->text[at], before = at ? scan->text[at - 1] : 0;
    int ink = at && !is_class(scan->classes, before, SPACE);
    int word = at && is_class(scan->classes, before, WORD);
    if (stands(scan, at + 1, c)) {
        if (c == '*' ? is_ink(scan, at + 2) || ink : (!word && is_ink(scan, at + 2)) || (ink && !is(scan, at + 2, WORD))) {
            return 2;
        }
    }
    if (c == '_') {
        return 0;
    }
    if (!(at && (word || before == '*' || before == '\\')) && is_ink(scan, at + 1) && !stands(scan, at + 1, '*')) {
        size_t end = at + 2;
        while (end < scan->end && scan->text[end] != '*' && scan->text[end] != '\n') {
            end++;
        }
        if (stands(scan, end, '*')) {
            return 1;
        }
    }
    return ink && before != '*' && !is(scan, at + 1, WORD) && !stands(scan, at + 1, '*');
}

/* 12 a blank line and the white space behind it; its end, or NOWHERE */
static size_t
blank(const Scan *scan, size_t at)
{
    at = skip(scan, at + 1, " \t\r", NOWHERE);
    if (!stands(scan, at, '\n')) {
        return NOWHERE;
    }
    while (is(scan, at, SPACE)) {
        at++;
    }
    return at;
}

Mark
markdown_mark(const Scan *scan, size_t at)
{
    uint32_t c = scan->text[at];
    Mark mark = {.kind = NOTHING, .start = at, .end = NOWHERE};
    if (at == 0 || scan->text[at - 1] == '\n') {
        mark = line(scan, at);
        if (mark.kind != NOTHING) {
            return mark;
        }
        mark.end = NOWHERE;
    }
    if (c == '!') {
        mark.end = image(scan, at);
        mark.kind = IMAGE;
    } else if (c == '[') {
        mark.end = is_link(scan, at) ? at + 1 : NOWHERE;
        mark.kind = LINK;
    } else if (c == ']') {
        mark.end = target(scan, at);
        mark.kind = TARGET;
    } else if (c == '*' || c == '_') {
        size_t length = strong(scan, at);
        mark.end = length ? at + length : NOWHERE;
        mark.kind = STRONG;
    } else if (c == '\n') {
        mark.end = blank(scan, at);
        mark.kind = BLANK;
    }
    if (mark.end == NOWHERE) {
        mark.kind = NOTHING;
    }
    return mark;
}
