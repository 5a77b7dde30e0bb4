/* A document of HTML or Markdown → its blocks of text; the walk is that of `_Walker` in
   bitext.reading.formats.html.markup, step by step. Text is gathered in pieces.c, elements are opened and closed in
   blocks.c. What an element says about its text, and what an entity stands for, is asked of Python. */
#ifndef BITEXT_BLOCKS_H
#define BITEXT_BLOCKS_H

#include "native.h"

#include "markup.h"

/* How elements behave, as the caller's table of names says. */
enum { VOID = 1, BLOCK = 2 };

typedef struct {
    char name[LONGEST_TAG + 1];
    long how;
    PyObject *outside; /* role outside of the element */
} Element;

typedef struct {
    PyObject *document, *role_of, *unescape, *found;
    const uint32_t *text;
    const uint8_t *classes;
    uint32_t *parts;                    /* the text of the block so far */
    size_t size, room, part[3], number; /* where its last three parts begin; how many there are */
    Py_ssize_t start, end, breaks, links, linked, length;
    int heading;
    PyObject *role;
    Element *stack;
    size_t depth, deepest;
} Walk;

/* All return 0, or -1 with an exception. Add text of the document; add a boundary behind text; end the block. */
int walk_text(Walk *walk, Py_ssize_t start, Py_ssize_t end);
int walk_boundary(Walk *walk);
int walk_flush(Walk *walk);

#endif
