/* jieba's prefix dictionary: every word, and every beginning of a word, with its frequency.

   A node stands for one such string. The nodes of single characters are numbered by the character itself;
   all others are found through one hash table whose keys are (node of the string without its last character,
   last character). Following a word through a text is one look-up a character. */
#ifndef BITEXT_DICTIONARY_H
#define BITEXT_DICTIONARY_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

/* What jieba knows as Han. */
#define HAN_FIRST 0x4E00u
#define HAN_LAST 0x9FD5u
#define HAN_COUNT (HAN_LAST - HAN_FIRST + 1)

/* Weight of a string that is the beginning of words only: the logarithm of 0. */
#define NO_WORD (-INFINITY)
/* Frequency of a string that the dictionary does not hold, not even as a beginning. */
#define ABSENT (-1)

typedef struct {
    uint64_t link;  /* parent node (24 bits), last character (16), node (24); 0 in an empty slot */
    double weight;  /* logarithm of the frequency, or NO_WORD */
} Slot;

typedef struct {
    Slot *slots;         /* 2**bits of them, at most half in use */
    uint64_t *filter;    /* 8 bits a slot; where a key's bit is 0, the table does not hold the key */
    unsigned bits;
    uint32_t nodes;      /* numbers given so far */
    int64_t *frequency;  /* of each node */
    uint8_t *forced;     /* of each node: 1 if the guesser must not make this word */
    double *single;      /* weights of the single characters */
    int64_t total;       /* of all frequencies ever added, as jieba sums them */
    size_t longest;      /* characters of the longest word or beginning */
    int any_forced;
} Dictionary;

typedef enum { DICTIONARY_OK, DICTIONARY_MEMORY, DICTIONARY_FORMAT, DICTIONARY_LARGE } Outcome;

/* All start from a Dictionary of zeros; `dictionary_free` is safe after any failure. */
Outcome dictionary_make(Dictionary *dictionary);
void dictionary_free(Dictionary *dictionary);

/* Make *dictionary* hold what *source* holds. */
Outcome dictionary_copy(Dictionary *dictionary, const Dictionary *source);

/* Read a file in jieba's format, UTF-8, a line `word frequency tag` each. Words with other characters than Han
   count in the total only. *line is the number of the line that failed. */
Outcome dictionary_read(Dictionary *dictionary, const char *bytes, size_t size, size_t *line);

/* Add a word of Han characters, or change its frequency; 0 forbids the word to the guesser for good. */
Outcome dictionary_add(Dictionary *dictionary, const uint32_t *word, size_t length, int64_t frequency);

/* Find the node of a string of Han characters; return 0 if the dictionary does not hold the string. */
int dictionary_find(const Dictionary *dictionary, const uint32_t *word, size_t length, uint32_t *node);

/* Return the frequency of a string of Han characters: 0 for a beginning, or ABSENT. */
int64_t dictionary_frequency(const Dictionary *dictionary, const uint32_t *word, size_t length);

static inline int
is_han(uint32_t character)
{
    return character >= HAN_FIRST && character <= HAN_LAST;
}

static inline uint64_t
slot_key(uint32_t parent, uint32_t character)
{
    return (uint64_t)parent << 16 | (character - HAN_FIRST);
}

static inline uint32_t
slot_node(const Slot *slot)
{
    return (uint32_t)(slot->link & 0xFFFFFF);
}

/* 2**64 divided by the golden ratio: multiplying by it spreads neighbouring keys over the upper bits (Knuth,
   vol. 3, 6.4), from which the table takes as many as it needs. */
static inline uint64_t
slot_hash(uint64_t key)
{
    return key * 0x9E3779B97F4A7C15u;
}

/* Return the slot that holds *key*, or the empty one where it belongs. */
static inline Slot *
slot_of(const Dictionary *dictionary, uint64_t key)
{
    size_t last = ((size_t)1 << dictionary->bits) - 1;
    size_t at = (size_t)(slot_hash(key) >> (64 - dictionary->bits));
    while (dictionary->slots[at].link && dictionary->slots[at].link >> 24 != key) {
        at = (at + 1) & last;
    }
    return &dictionary->slots[at];
}

/* Return the slot of the string that goes on from *parent* with *character*, or NULL. Six look-ups in ten fail,
   and nearly all of those end at the filter, which the processor's cache holds; the table it does not. */
static inline const Slot *
find_child(const Dictionary *dictionary, uint32_t parent, uint32_t character)
{
    uint64_t key = slot_key(parent, character);
    size_t bit = (size_t)(slot_hash(key) >> (61 - dictionary->bits));
    if (!(dictionary->filter[bit / 64] >> (bit % 64) & 1)) {
        return NULL;
    }
    const Slot *slot = slot_of(dictionary, key);
    return slot->link ? slot : NULL;
}

/* Ask the processor for what `find_child` will look at; a hint, that changes nothing. */
static inline void
fetch_child(const Dictionary *dictionary, uint32_t parent, uint32_t character)
{
#if defined(__GNUC__)
    uint64_t hash = slot_hash(slot_key(parent, character));
    __builtin_prefetch(&dictionary->filter[(hash >> (61 - dictionary->bits)) / 64]);
    __builtin_prefetch(&dictionary->slots[hash >> (64 - dictionary->bits)]);
#endif
}

#endif
