/* Hashes of phrases and of their beginnings, found by their upper bits; see bitext.tokens.phrases. */
#ifndef BITEXT_PHRASE_INDEX_H
#define BITEXT_PHRASE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#define PHRASE_BASE UINT64_C(0x9E3779B97F4A7C15)
#define PHRASE_SEPARATOR UINT64_C(0xD6E8FEB86659FD93)

/* What a character adds to the hash of a text: hash * PHRASE_BASE + phrase_value(character). */
static inline uint64_t
phrase_value(uint32_t character)
{
    if (character == ' ') {
        return PHRASE_SEPARATOR;
    }
    uint64_t mixed = (character + UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

typedef struct {
    const uint64_t *keys;   /* sorted hashes */
    const int64_t *numbers; /* what each of them is */
    const int32_t *buckets; /* keys with the upper bits b are buckets[b] to buckets[b + 1] */
    size_t size;            /* number of keys */
    int shift;              /* from a hash to its bucket */
} PhraseIndex;

/* Set the shift by the number of *buckets*: a power of two and one; return 0 for any other. */
static inline int
phrase_index_shift(PhraseIndex *index, size_t buckets)
{
    int bits = 1;
    while (bits < 40 && ((size_t)1 << bits) + 1 < buckets) {
        bits++;
    }
    index->shift = 64 - bits;
    return ((size_t)1 << bits) + 1 == buckets;
}

/* Return the place of a hash among the keys, or -1. */
static inline int64_t
phrase_index_find(const PhraseIndex *index, uint64_t hash)
{
    const int32_t *bucket = index->buckets + (hash >> index->shift);
    for (int32_t at = bucket[0]; at < bucket[1]; at++) {
        if (at < 0 || (size_t)at >= index->size) {
            break; /* no index that was made as it should be */
        }
        if (index->keys[at] == hash) {
            return at;
        }
    }
    return -1;
}

#endif
