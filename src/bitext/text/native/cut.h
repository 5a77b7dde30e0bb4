/* jieba's cutting of Han text into words, with its guesses about words that the dictionary lacks. */
#ifndef BITEXT_CUT_H
#define BITEXT_CUT_H

#include "dictionary.h"

/* The places of a character in a word, in the order of their letters, by which jieba decides ties. */
enum { BEGIN, END, MIDDLE, SINGLE, PLACES };

/* Logarithms of the probabilities of a hidden Markov model: places are hidden, characters are seen. */
typedef struct {
    double start[PLACES];
    double transition[PLACES][PLACES];
    double (*emission)[PLACES]; /* for each Han character */
} Model;

/* Number of values that `cut` needs in *best*: a power of two above the longest word. */
size_t cut_room(const Dictionary *dictionary);

/* Cut *length* characters into pieces and return their number; ends[i] is where piece i ends. *ends* has room
   for *length* of them. Han characters outside Unicode's basic block and everything else are a piece each.
   Without a model nothing is guessed. */
size_t cut(const Dictionary *dictionary, const Model *model, const uint32_t *text, size_t length, double *best,
           int64_t *ends);

#endif
