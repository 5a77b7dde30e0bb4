/* The marks of HTML in a document, as the pattern of bitext.reading.formats.html.markup finds them: the
   alternatives in their order, numbered as there. None of them needs to go back, so each is one walk. */
#include "markup.h"

/* Names with their lengths: elements whose content is taken whole. */
static const struct {
    const char *name;
    size_t length;
} opaque[OPAQUE] = {
    {"script", 6},   {"style", 5},  {"svg", 3},   {"noscript", 8}, {"iframe", 6}, {"template", 8}, {"textarea", 8},
    {"select", 6},   {"audio", 5},  {"video", 5}, {"object", 6},   {"math", 4},   {"canvas", 6},
};

/* 1 <!-- … -->, to the end where it is never closed */
static size_t
comment(const Scan *scan, size_t at)
{
    for (at += 4; at + 2 < scan->end; at++) {
        if (scan->text[at] == '-' && scan->text[at + 1] == '-' && scan->text[at + 2] == '>') {
            return at + 3;
        }
    }
    return scan->end;
}

/* 2 <script …> … </script > */
static size_t
whole_element(Scan *scan, size_t at)
{
    for (int which = 0; which < OPAQUE; which++) {
        size_t length = opaque[which].length;
        if (!spells(scan, at + 1, opaque[which].name, length) || is(scan, at + 1 + length, WORD)) {
            continue;
        }
        if (scan->unclosed[which]) {
            return NOWHERE;
        }
        size_t inside = find(scan, at + 1 + length, '>');
        for (size_t end = inside; end != NOWHERE && end < scan->end; end++) {
            if (scan->text[end] != '<' || !stands(scan, end + 1, '/') ||
                !spells(scan, end + 2, opaque[which].name, length)) {
                continue;
            }
            size_t stop = end + 2 + length;
            while (is(scan, stop, SPACE)) {
                stop++;
            }
            if (stands(scan, stop, '>')) {
                return stop + 1;
            }
        }
        scan->unclosed[which] = 1; /* nor will one be found from a later tag */
        return NOWHERE;
    }
    return NOWHERE;
}

/* Return the place behind the quotation that begins at *at*. A mark that was not found once is not sought again. */
static size_t
quotation(Scan *scan, size_t at)
{
    size_t *none = scan->text[at] == '"' ? &scan->twofold : &scan->single;
    if (at + 1 >= *none) {
        return NOWHERE;
    }
    size_t end = find(scan, at + 1, scan->text[at]);
    if (end == NOWHERE) {
        *none = at + 1;
        return NOWHERE;
    }
    return end + 1;
}

/* 3 a tag; quoted values may hide its >: a quotation mark that no = stands before is a slip and opens none */
static Mark
tag(Scan *scan, size_t at)
{
    Mark mark = {.kind = NOTHING, .start = at};
    mark.close = stands(scan, at + 1, '/');
    mark.name = at + 1 + (size_t)mark.close;
    if (mark.name >= scan->end || !is_letter(scan->text[mark.name])) {
        return mark;
    }
    size_t place = mark.name;
    while (place < scan->end && (is(scan, place, WORD) || scan->text[place] == ':' || scan->text[place] == '-')) {
        if (scan->text[place] >= 128 || place - mark.name >= LONGEST_TAG) {
            mark.kind = UNCLEAR;
            return mark;
        }
        place++;
    }
    mark.attributes = place;
    int value = 0; /* whether the last character that is no space is a = */
    while (place < scan->end && scan->text[place] != '<') {
        uint32_t c = scan->text[place];
        if (c == '>') {
            mark.kind = TAG;
            mark.stop = place;
            mark.end = place + 1;
            return mark;
        }
        size_t behind = value && (c == '"' || c == '\'') ? quotation(scan, place) : NOWHERE;
        if (behind == NOWHERE) {
            value = c == '=' || (value && is(scan, place, SPACE));
            place++;
        } else {
            value = 0;
            place = behind;
        }
    }
    return mark;
}

/* 4 declarations, broken tags */
static size_t
broken(const Scan *scan, size_t at)
{
    at += stands(scan, at + 1, '/') ? 2 : 1;
    if (at >= scan->end || !(is_letter(scan->text[at]) || scan->text[at] == '!' || scan->text[at] == '?')) {
        return NOWHERE;
    }
    for (at++; at < scan->end && scan->text[at] != '<'; at++) {
        if (scan->text[at] == '>') {
            return at + 1;
        }
    }
    return NOWHERE;
}

Mark
html_mark(Scan *scan, size_t at)
{
    Mark mark = {.kind = SKIPPED, .start = at};
    if (spells(scan, at + 1, "!--", 3)) {
        mark.end = comment(scan, at);
        return mark;
    }
    mark.end = whole_element(scan, at);
    if (mark.end != NOWHERE) {
        return mark;
    }
    Mark found = tag(scan, at);
    if (found.kind != NOTHING) {
        return found;
    }
    mark.end = broken(scan, at);
    mark.kind = mark.end == NOWHERE ? NOTHING : SKIPPED;
    return mark;
}

Mark
next_mark(Scan *scan, size_t from)
{
    Mark mark = {.kind = NOTHING};
    for (size_t at = from; at < scan->end; at++) {
        if (scan->text[at] == '<') {
            mark = html_mark(scan, at);
            if (mark.kind != NOTHING) {
                return mark;
            }
        }
        if (scan->markdown) {
            mark = markdown_mark(scan, at);
            if (mark.kind != NOTHING) {
                return mark;
            }
        }
    }
    return (Mark){.kind = NOTHING};
}
