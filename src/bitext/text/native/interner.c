/* Interner: numbers slices of code points, equal slices alike, in the order in which they first come. */
#include "native.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t tag;  /* low half of the hash */
    int32_t id;    /* -1: free */
} Entry;

typedef struct {
    PyObject_HEAD
    Entry *table;      /* open addressing, never more than half full */
    int bits;          /* of the size of the table */
    uint32_t *pool;    /* the code points of all slices, end to end */
    size_t pool_size;
    int64_t *bounds;   /* slice i is pool[bounds[i]:bounds[i + 1]] */
    size_t bounds_size;
    int32_t count;
    int busy;          /* a thread is numbering, without the GIL */
} Interner;

static uint64_t
hash_of(const uint32_t *points, int64_t length)
{
    uint64_t hash = (uint64_t)length;
    for (int64_t i = 0; i < length; i++) {
        hash = (hash ^ points[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash * UINT64_C(0xD6E8FEB86659FD93);
}

static int
set_table(Interner *self, int bits)
{
    Entry *table = malloc(sizeof(Entry) << bits);
    if (table == NULL) {
        return -1;
    }
    size_t mask = ((size_t)1 << bits) - 1;
    for (size_t i = 0; i <= mask; i++) {
        table[i].id = -1;
    }
    for (int32_t id = 0; id < self->count; id++) {
        int64_t first = self->bounds[id];
        uint64_t hash = hash_of(self->pool + first, self->bounds[id + 1] - first);
        size_t slot = (size_t)(hash >> (64 - bits));
        while (table[slot].id >= 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = (Entry){(uint32_t)hash, id};
    }
    free(self->table);
    self->table = table;
    self->bits = bits;
    return 0;
}

/* Make room for one more slice of this length, in the pool and in the table. */
static int
make_room(Interner *self, int64_t length)
{
    size_t used = (size_t)(self->bounds[self->count] + length);
    if (used > self->pool_size) {
        size_t size = used + used / 2;
        uint32_t *pool = realloc(self->pool, size * sizeof(uint32_t));
        if (pool == NULL) {
            return -1;
        }
        self->pool = pool;
        self->pool_size = size;
    }
    if ((size_t)self->count + 2 > self->bounds_size) {
        size_t size = self->bounds_size * 2;
        int64_t *bounds = realloc(self->bounds, size * sizeof(int64_t));
        if (bounds == NULL) {
            return -1;
        }
        self->bounds = bounds;
        self->bounds_size = size;
    }
    if (self->count == INT32_MAX) {
        return -1;
    }
    return (size_t)self->count * 2 >= (size_t)1 << self->bits ? set_table(self, self->bits + 1) : 0;
}

/* Return the number of one slice with its hash, -1 without memory. */
static int32_t
number_of(Interner *self, const uint32_t *points, int64_t length, uint64_t hash)
{
    size_t mask = ((size_t)1 << self->bits) - 1;
    size_t slot = (size_t)(hash >> (64 - self->bits));
    for (; self->table[slot].id >= 0; slot = (slot + 1) & mask) {
        Entry entry = self->table[slot];
        const int64_t *bounds = self->bounds + entry.id;
        if (entry.tag == (uint32_t)hash && bounds[1] - bounds[0] == length
            && memcmp(self->pool + bounds[0], points, (size_t)length * sizeof(uint32_t)) == 0) {
            return entry.id;
        }
    }
    int bits = self->bits;
    if (make_room(self, length) < 0) {
        return -1;
    }
    if (self->bits != bits) {  /* another table: look for the free place again */
        mask = ((size_t)1 << self->bits) - 1;
        slot = (size_t)(hash >> (64 - self->bits));
        while (self->table[slot].id >= 0) {
            slot = (slot + 1) & mask;
        }
    }
    int32_t id = self->count++;
    int64_t first = self->bounds[id];
    memcpy(self->pool + first, points, (size_t)length * sizeof(uint32_t));
    self->bounds[id + 1] = first + length;
    self->table[slot] = (Entry){(uint32_t)hash, id};
    return id;
}

/* Ask the processor for what `number_of` will look at: a hint, that changes nothing. Memory answers late, and the
   table, the bounds and the code points are three places of it. */
static void
fetch(const Interner *self, uint64_t hash)
{
#if defined(__GNUC__)
    __builtin_prefetch(&self->table[hash >> (64 - self->bits)]);
#endif
}

static void
fetch_slice(const Interner *self, uint64_t hash)
{
#if defined(__GNUC__)
    Entry entry = self->table[hash >> (64 - self->bits)];
    if (entry.id >= 0 && entry.tag == (uint32_t)hash) {
        __builtin_prefetch(&self->bounds[entry.id]);
    }
#endif
}

/* Slices hashed together. */
#define PART 32

enum { DONE, NO_MEMORY, BAD_SLICE };

static int
number_all(Interner *self, const Py_buffer views[4])
{
    const uint32_t *points = views[0].buf;
    const int64_t *starts = views[1].buf, *ends = views[2].buf;
    int32_t *ids = views[3].buf;
    int64_t size = (int64_t)(views[0].len / (Py_ssize_t)sizeof(uint32_t));
    Py_ssize_t n = views[3].len / (Py_ssize_t)sizeof(int32_t);
    uint64_t hashes[PART];
    for (Py_ssize_t first = 0; first < n; first += PART) {
        Py_ssize_t stop = first + PART < n ? first + PART : n;
        for (Py_ssize_t i = first; i < stop; i++) {
            if (starts[i] < 0 || ends[i] < starts[i] || ends[i] > size) {
                return BAD_SLICE;
            }
            hashes[i - first] = hash_of(points + starts[i], ends[i] - starts[i]);
            fetch(self, hashes[i - first]);
        }
        for (Py_ssize_t i = first; i < stop; i++) {
            fetch_slice(self, hashes[i - first]);
        }
        for (Py_ssize_t i = first; i < stop; i++) {
            ids[i] = number_of(self, points + starts[i], ends[i] - starts[i], hashes[i - first]);
            if (ids[i] < 0) {
                return NO_MEMORY;
            }
        }
    }
    return DONE;
}

static PyObject *
interner_number(PyObject *object, PyObject *args)
{
    Interner *self = (Interner *)object;
    PyObject *arrays[4];
    if (!PyArg_ParseTuple(args, "OOOO:number", arrays, arrays + 1, arrays + 2, arrays + 3)) {
        return NULL;
    }
    static const Py_ssize_t sizes[4] = {sizeof(uint32_t), sizeof(int64_t), sizeof(int64_t), sizeof(int32_t)};
    Py_buffer views[4];
    if (native_buffers(arrays, sizes, views, 4, 3) < 0) {
        return NULL;
    }
    int result = DONE;
    int ready = views[1].len == views[2].len && views[1].len == 2 * views[3].len && !self->busy;
    if (ready) {
        self->busy = 1;
        Py_BEGIN_ALLOW_THREADS
        result = number_all(self, views);
        Py_END_ALLOW_THREADS
        self->busy = 0;
    }
    native_release(views, 4);
    if (!ready) {
        PyErr_SetString(PyExc_ValueError, "arrays of different length, or another thread is numbering");
        return NULL;
    }
    if (result == NO_MEMORY) {
        return PyErr_NoMemory();
    }
    if (result == BAD_SLICE) {
        PyErr_SetString(PyExc_ValueError, "a slice begins or ends outside the text");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
interner_slices(PyObject *object, PyObject *arg)
{
    Interner *self = (Interner *)object;
    Py_ssize_t first = PyLong_AsSsize_t(arg);
    if (first == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (self->busy || first < 0 || first > self->count) {
        PyErr_SetString(PyExc_ValueError, "no such slice, or another thread is numbering");
        return NULL;
    }
    int64_t from = self->bounds[first], to = self->bounds[self->count];
    PyObject *points = PyBytes_FromStringAndSize(
        (const char *)(self->pool + from), (Py_ssize_t)((size_t)(to - from) * sizeof(uint32_t)));
    PyObject *bounds = PyBytes_FromStringAndSize(
        (const char *)(self->bounds + first), (Py_ssize_t)((size_t)(self->count - first + 1) * sizeof(int64_t)));
    PyObject *both = points != NULL && bounds != NULL ? PyTuple_Pack(2, points, bounds) : NULL;
    Py_XDECREF(points);
    Py_XDECREF(bounds);
    return both;
}

static Py_ssize_t
interner_length(PyObject *object)
{
    return ((Interner *)object)->count;
}

static PyObject *
interner_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_Size(args) != 0 || (kwargs != NULL && PyDict_Size(kwargs) != 0)) {
        PyErr_SetString(PyExc_TypeError, "Interner() takes no arguments");
        return NULL;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Interner *self = (Interner *)allocate(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->pool_size = 1024;
    self->bounds_size = 1024;
    self->pool = malloc(self->pool_size * sizeof(uint32_t));
    self->bounds = malloc(self->bounds_size * sizeof(int64_t));
    if (self->pool == NULL || self->bounds == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->bounds[0] = 0;
    if (set_table(self, 11) < 0) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static void
interner_dealloc(PyObject *object)
{
    Interner *self = (Interner *)object;
    PyTypeObject *type = Py_TYPE(object);
    free(self->table);
    free(self->pool);
    free(self->bounds);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyMethodDef interner_methods[] = {
    {"number", interner_number, METH_VARARGS, "number(points, starts, ends, ids): write the number of each slice."},
    {"slices", interner_slices, METH_O, "slices(first): code points of the slices from this number on, and bounds."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot interner_slots[] = {
    {Py_tp_new, (void *)interner_new},
    {Py_tp_dealloc, (void *)interner_dealloc},
    {Py_tp_methods, interner_methods},
    {Py_sq_length, (void *)interner_length},
    {0, NULL},
};

PyType_Spec native_interner = {
    .name = "bitext.text._native.Interner",
    .basicsize = sizeof(Interner),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = interner_slots,
};
