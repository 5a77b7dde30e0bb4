/* The algorithm is jieba 0.42.1's (jieba/__init__.py: calc, __cut_DAG; jieba/finalseg/__init__.py: viterbi),
   with the same sums in the same order in double precision, so that even ties fall the same way.

   Nothing is allocated. The array of ends is the scratch space, too: the place of each character holds what
   was decided about it until it has been read, and never more pieces have been written than characters read. */
#include "cut.h"

#include <string.h>

/* Characters before the one decided on whose words are asked for in advance: memory answers late. */
#define AHEAD 6

/* What a call of `cut` works with. */
typedef struct {
    const Dictionary *dictionary;
    const Model *model; /* NULL: nothing is guessed */
    const uint32_t *text;
    double total; /* logarithm of the dictionary's */
    double *best; /* a ring of probabilities, see `choose` */
    size_t ring;  /* its size less one */
    int64_t *ends;
    size_t count; /* ends written */
} Cutting;

static void
put(Cutting *cutting, size_t end)
{
    cutting->ends[cutting->count++] = (int64_t)end;
}

static void
put_each(Cutting *cutting, size_t from, size_t to)
{
    while (from < to) {
        put(cutting, ++from);
    }
}

/* Decide where the word that begins at *at* ends on the most probable way to the end of the run at *last*. The
   probabilities of the ways from later characters are in the ring: no word reaches further than it is long. */
static void
choose_word(Cutting *cutting, size_t at, size_t last)
{
    const double total = cutting->total, *best = cutting->best;
    const size_t ring = cutting->ring;
    uint32_t node = cutting->text[at] - HAN_FIRST;
    double weight = cutting->dictionary->single[node], most = -INFINITY;
    size_t chosen = at + 1;
    for (size_t end = at + 1;; end++) {
        double sum = (weight - total) + best[end & ring];
        chosen = sum >= most ? end : chosen; /* of equals the longest */
        most = sum >= most ? sum : most;
        const Slot *slot = end < last ? find_child(cutting->dictionary, node, cutting->text[end]) : NULL;
        if (!slot) {
            break;
        }
        node = slot_node(slot);
        weight = slot->weight;
    }
    if (most == NO_WORD) { /* no word begins here: the character stands alone, as if met once */
        chosen = at + 1;
        most = (0.0 - total) + best[chosen & ring];
    }
    cutting->ends[at] = (int64_t)chosen;
    cutting->best[at & ring] = most;
}

/* What may come before each place, in the order of the letters. */
static const int BEFORE[PLACES][2] = {
    [BEGIN] = {END, SINGLE},
    [END] = {BEGIN, MIDDLE},
    [MIDDLE] = {BEGIN, MIDDLE},
    [SINGLE] = {END, SINGLE},
};

/* Find the most probable places in words of the characters from *from* to *to* (Viterbi) and leave them in the
   array of ends. */
static void
find_places(Cutting *cutting, size_t from, size_t to)
{
    const Model *model = cutting->model;
    int64_t *place = cutting->ends;
    double now[PLACES], then[PLACES];
    for (int y = 0; y < PLACES; y++) {
        now[y] = model->start[y] + model->emission[cutting->text[from] - HAN_FIRST][y];
    }
    for (size_t at = from + 1; at < to; at++) {
        const double *emission = model->emission[cutting->text[at] - HAN_FIRST];
        place[at] = 0; /* bit y: place y is best reached from the second of BEFORE[y] */
        for (int y = 0; y < PLACES; y++) {
            const int *before = BEFORE[y];
            double first = now[before[0]] + model->transition[before[0]][y] + emission[y];
            double second = now[before[1]] + model->transition[before[1]][y] + emission[y];
            place[at] |= (int64_t)(second >= first) << y;
            then[y] = second >= first ? second : first;
        }
        memcpy(now, then, sizeof now);
    }
    int y = now[SINGLE] >= now[END] ? SINGLE : END;
    for (size_t at = to - 1; at > from; at--) {
        int which = place[at] >> y & 1;
        place[at] = y;
        y = BEFORE[y][which];
    }
    place[from] = y;
}

static int
is_forced(const Dictionary *dictionary, const uint32_t *word, size_t length)
{
    uint32_t node;
    return dictionary->any_forced && dictionary_find(dictionary, word, length, &node) &&
           dictionary->forced[node];
}

/* Put words made of characters that the dictionary has left single. */
static void
put_guessed(Cutting *cutting, size_t from, size_t to)
{
    find_places(cutting, from, to);
    for (size_t at = from, begin = from; at < to; at++) {
        if (cutting->ends[at] == BEGIN || cutting->ends[at] == MIDDLE) {
            continue;
        }
        if (is_forced(cutting->dictionary, cutting->text + begin, at + 1 - begin)) {
            put_each(cutting, begin, at + 1);
        } else {
            put(cutting, at + 1);
        }
        begin = at + 1;
    }
}

static void
put_singles(Cutting *cutting, size_t from, size_t to)
{
    /* Characters that make a word of the dictionary are single because that is more probable. */
    if (to - from > 1 && dictionary_frequency(cutting->dictionary, cutting->text + from, to - from) <= 0) {
        put_guessed(cutting, from, to);
    } else {
        put_each(cutting, from, to);
    }
}

static void
cut_run(Cutting *cutting, size_t first, size_t last)
{
    cutting->best[last & cutting->ring] = 0.0;
    for (size_t at = last; at-- > first;) {
        if (at >= first + AHEAD) {
            const uint32_t *pair = cutting->text + at - AHEAD;
            fetch_child(cutting->dictionary, pair[0] - HAN_FIRST, pair[1]);
        }
        choose_word(cutting, at, last);
    }
    size_t single = first; /* single characters from here to *at* are still to be put */
    for (size_t at = first; at < last;) {
        size_t end = (size_t)cutting->ends[at];
        if (end - at > 1 || !cutting->model) {
            put_singles(cutting, single, at);
            put(cutting, end);
            single = end;
        }
        at = end;
    }
    put_singles(cutting, single, last);
}

size_t
cut_room(const Dictionary *dictionary)
{
    size_t room = 2;
    while (room <= dictionary->longest) {
        room *= 2;
    }
    return room;
}

size_t
cut(const Dictionary *dictionary, const Model *model, const uint32_t *text, size_t length, double *best,
    int64_t *ends)
{
    Cutting cutting = {
        .dictionary = dictionary,
        .model = model,
        .text = text,
        .total = log((double)dictionary->total),
        .best = best,
        .ring = cut_room(dictionary) - 1,
        .ends = ends,
    };
    for (size_t at = 0; at < length;) {
        size_t first = at;
        while (at < length && is_han(text[at])) {
            at++;
        }
        if (first < at) {
            cut_run(&cutting, first, at);
        } else {
            put(&cutting, ++at);
        }
    }
    return cutting.count;
}
