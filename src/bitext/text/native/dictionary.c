#include "dictionary.h"

#include <stdlib.h>
#include <string.h>

/* Room for jieba's 500,000 nodes without growing. */
#define FIRST_BITS 20
/* Node numbers have 24 bits. */
#define MOST_BITS 25
/* Totals stay well within int64, and sums over them, too. */
#define MOST_TOTAL ((int64_t)1 << 62)

static uint32_t
room(unsigned bits)
{
    return (uint32_t)1 << (bits - 1);
}

/* Make an empty table of 2**bits slots. */
static Outcome
make_table(Dictionary *dictionary, unsigned bits)
{
    Slot *slots = calloc((size_t)1 << bits, sizeof(Slot));
    uint64_t *filter = calloc((size_t)1 << (bits - 3), sizeof(uint64_t));
    if (!slots || !filter) {
        free(slots);
        free(filter);
        return DICTIONARY_MEMORY;
    }
    dictionary->slots = slots;
    dictionary->filter = filter;
    dictionary->bits = bits;
    return DICTIONARY_OK;
}

static Slot *
put_link(Dictionary *dictionary, uint64_t link, double weight)
{
    Slot *slot = slot_of(dictionary, link >> 24);
    slot->link = link;
    slot->weight = weight;
    size_t bit = (size_t)(slot_hash(link >> 24) >> (61 - dictionary->bits));
    dictionary->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
    return slot;
}

Outcome
dictionary_make(Dictionary *dictionary)
{
    dictionary->nodes = HAN_COUNT;
    dictionary->longest = 1;
    dictionary->frequency = malloc(room(FIRST_BITS) * sizeof(int64_t));
    dictionary->forced = calloc(room(FIRST_BITS), 1);
    dictionary->single = malloc(HAN_COUNT * sizeof(double));
    if (!dictionary->frequency || !dictionary->forced || !dictionary->single) {
        return DICTIONARY_MEMORY;
    }
    for (uint32_t i = 0; i < HAN_COUNT; i++) {
        dictionary->frequency[i] = ABSENT;
        dictionary->single[i] = NO_WORD;
    }
    return make_table(dictionary, FIRST_BITS);
}

void
dictionary_free(Dictionary *dictionary)
{
    free(dictionary->slots);
    free(dictionary->filter);
    free(dictionary->frequency);
    free(dictionary->forced);
    free(dictionary->single);
    memset(dictionary, 0, sizeof *dictionary);
}

static void *
copied(const void *source, size_t size)
{
    void *copy = malloc(size);
    return copy ? memcpy(copy, source, size) : NULL;
}

Outcome
dictionary_copy(Dictionary *dictionary, const Dictionary *source)
{
    *dictionary = *source;
    dictionary->slots = copied(source->slots, ((size_t)1 << source->bits) * sizeof(Slot));
    dictionary->filter = copied(source->filter, ((size_t)1 << (source->bits - 3)) * sizeof(uint64_t));
    dictionary->frequency = copied(source->frequency, room(source->bits) * sizeof(int64_t));
    dictionary->forced = copied(source->forced, room(source->bits));
    dictionary->single = copied(source->single, HAN_COUNT * sizeof(double));
    int whole = dictionary->slots && dictionary->filter && dictionary->frequency && dictionary->forced &&
                dictionary->single;
    return whole ? DICTIONARY_OK : DICTIONARY_MEMORY;
}

static Outcome
grow_nodes(Dictionary *dictionary, uint32_t old, uint32_t now)
{
    int64_t *frequency = realloc(dictionary->frequency, now * sizeof(int64_t));
    if (!frequency) {
        return DICTIONARY_MEMORY;
    }
    dictionary->frequency = frequency;
    uint8_t *forced = realloc(dictionary->forced, now);
    if (!forced) {
        return DICTIONARY_MEMORY;
    }
    memset(forced + old, 0, now - old);
    dictionary->forced = forced;
    return DICTIONARY_OK;
}

/* Double the table. */
static Outcome
grow(Dictionary *dictionary)
{
    Dictionary old = *dictionary;
    if (old.bits == MOST_BITS) {
        return DICTIONARY_LARGE;
    }
    if (grow_nodes(dictionary, room(old.bits), room(old.bits + 1)) != DICTIONARY_OK ||
        make_table(dictionary, old.bits + 1) != DICTIONARY_OK) {
        return DICTIONARY_MEMORY;
    }
    for (size_t i = 0; i < (size_t)1 << old.bits; i++) {
        if (old.slots[i].link) {
            put_link(dictionary, old.slots[i].link, old.slots[i].weight);
        }
    }
    free(old.slots);
    free(old.filter);
    return DICTIONARY_OK;
}

/* A node with the place of its weight, which is valid until the next node is made. */
typedef struct {
    uint32_t node;
    double *weight;
} Place;

/* Go from *place* to the string that is one character longer, made if need be. */
static Outcome
step(Dictionary *dictionary, Place *place, uint32_t character)
{
    uint64_t key = slot_key(place->node, character);
    Slot *slot = slot_of(dictionary, key);
    if (!slot->link) {
        if (dictionary->nodes == room(dictionary->bits)) {
            Outcome outcome = grow(dictionary);
            if (outcome != DICTIONARY_OK) {
                return outcome;
            }
        }
        dictionary->frequency[dictionary->nodes] = 0;
        slot = put_link(dictionary, key << 24 | dictionary->nodes++, NO_WORD);
    }
    place->node = slot_node(slot);
    place->weight = &slot->weight;
    return DICTIONARY_OK;
}

/* Go to the string of *length* characters that ends with *character*, from its beginning at *place*. */
static Outcome
go(Dictionary *dictionary, Place *place, uint32_t character, size_t length)
{
    if (length > dictionary->longest) {
        dictionary->longest = length;
    }
    if (length > 1) {
        return step(dictionary, place, character);
    }
    place->node = character - HAN_FIRST;
    place->weight = &dictionary->single[place->node];
    if (dictionary->frequency[place->node] == ABSENT) {
        dictionary->frequency[place->node] = 0;
    }
    return DICTIONARY_OK;
}

/* Add a frequency to the total, as jieba does even where a word replaces itself. */
static Outcome
add_to_total(Dictionary *dictionary, int64_t frequency)
{
    if (frequency > MOST_TOTAL - dictionary->total) {
        return DICTIONARY_LARGE;
    }
    dictionary->total += frequency;
    return DICTIONARY_OK;
}

static void
set_frequency(Dictionary *dictionary, Place place, int64_t frequency)
{
    dictionary->frequency[place.node] = frequency;
    *place.weight = frequency ? log((double)frequency) : NO_WORD;
}

Outcome
dictionary_add(Dictionary *dictionary, const uint32_t *word, size_t length, int64_t frequency)
{
    Place place = {0, NULL};
    for (size_t i = 0; i < length; i++) {
        Outcome outcome = go(dictionary, &place, word[i], i + 1);
        if (outcome != DICTIONARY_OK) {
            return outcome;
        }
    }
    if (!frequency) {
        dictionary->forced[place.node] = 1;
        dictionary->any_forced = 1;
    }
    set_frequency(dictionary, place, frequency);
    return add_to_total(dictionary, frequency);
}

/* Decode the UTF-8 character at *at* if it is a Han character, all of which take three bytes; otherwise 0. */
static uint32_t
han_at(const unsigned char *at, const unsigned char *end)
{
    if (end - at < 3 || at[0] >> 4 != 0xE || at[1] >> 6 != 2 || at[2] >> 6 != 2) {
        return 0;
    }
    uint32_t character = (at[0] & 0xFu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    return is_han(character) ? character : 0;
}

/* Read decimal digits up to a blank or the end; ABSENT if there is anything else, or too much. */
static int64_t
number_at(const unsigned char *at, const unsigned char *end)
{
    int64_t number = 0;
    const unsigned char *first = at;
    for (; at < end && *at != ' '; at++) {
        if (*at < '0' || *at > '9' || number > INT64_MAX / 16) {
            return ABSENT;
        }
        number = number * 10 + (*at - '0');
    }
    return at > first ? number : ABSENT;
}

static Outcome
read_line(Dictionary *dictionary, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *space = memchr(at, ' ', (size_t)(end - at));
    int64_t frequency = space && space > at ? number_at(space + 1, end) : ABSENT;
    if (frequency == ABSENT) {
        return DICTIONARY_FORMAT;
    }
    Place place = {0, NULL};
    uint32_t character;
    for (size_t length = 1; at < space && (character = han_at(at, space)) != 0; length++, at += 3) {
        Outcome outcome = go(dictionary, &place, character, length);
        if (outcome != DICTIONARY_OK) {
            return outcome;
        }
    }
    if (at == space) { /* Han throughout */
        set_frequency(dictionary, place, frequency);
    }
    return add_to_total(dictionary, frequency);
}

Outcome
dictionary_read(Dictionary *dictionary, const char *bytes, size_t size, size_t *line)
{
    const unsigned char *at = (const unsigned char *)bytes, *last = at + size;
    Outcome outcome = DICTIONARY_OK;
    for (*line = 0; at < last && outcome == DICTIONARY_OK; ++*line) {
        const unsigned char *newline = memchr(at, '\n', (size_t)(last - at));
        const unsigned char *end = newline ? newline : last;
        outcome = read_line(dictionary, at, end);
        at = newline ? newline + 1 : last;
    }
    return outcome;
}

int
dictionary_find(const Dictionary *dictionary, const uint32_t *word, size_t length, uint32_t *node)
{
    *node = word[0] - HAN_FIRST;
    for (size_t i = 1; i < length; i++) {
        const Slot *slot = find_child(dictionary, *node, word[i]);
        if (!slot) {
            return 0;
        }
        *node = slot_node(slot);
    }
    return 1;
}

int64_t
dictionary_frequency(const Dictionary *dictionary, const uint32_t *word, size_t length)
{
    uint32_t node;
    return dictionary_find(dictionary, word, length, &node) ? dictionary->frequency[node] : ABSENT;
}
