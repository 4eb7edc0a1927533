#include "CTape.h"

#include <math.h>
#include <stdlib.h>

static void *resized(void *buffer, size_t bytes) {
  void *result = realloc(buffer, bytes);
  if (!result) abort();
  return result;
}

static void set_node_capacity(CTape *t, uint32_t capacity) {
  t->node_capacity = capacity;
  t->opcodes = resized(t->opcodes, capacity * sizeof *t->opcodes);
  t->values = resized(t->values, capacity * sizeof *t->values);
  t->edge_ends = resized(t->edge_ends, capacity * sizeof *t->edge_ends);
}

static void set_edge_capacity(CTape *t, uint32_t capacity) {
  t->edge_capacity = capacity;
  t->sources = resized(t->sources, capacity * sizeof *t->sources);
  t->partials = resized(t->partials, capacity * sizeof *t->partials);
}

CTape *ctape_create(uint32_t capacity) {
  CTape *t = calloc(1, sizeof *t);
  if (!t) abort();
  set_node_capacity(t, capacity);
  set_edge_capacity(t, 2 * capacity);
  return t;
}

void ctape_destroy(CTape *t) {
  free(t->opcodes);
  free(t->values);
  free(t->edge_ends);
  free(t->sources);
  free(t->partials);
  free(t);
}

void ctape_reset(CTape *t) { t->nodes = t->edges = 0; }

double ctape_value(const CTape *t, uint32_t node) { return t->values[node]; }

// Out of line, so that the check is all that recording pays.
__attribute__((noinline, cold)) static void grow(CTape *t, uint32_t edges) {
  if (t->nodes == t->node_capacity) set_node_capacity(t, 2 * t->node_capacity);
  if (t->edges + edges > t->edge_capacity) set_edge_capacity(t, 2 * t->edge_capacity);
}

static inline __attribute__((always_inline)) void reserve(CTape *t, uint32_t edges) {
  if (t->nodes == t->node_capacity || t->edges + edges > t->edge_capacity) grow(t, edges);
}

static inline uint32_t append(CTape *t, uint8_t opcode, double value) {
  uint32_t node = t->nodes++;
  t->opcodes[node] = opcode;
  t->values[node] = value;
  t->edge_ends[node] = t->edges;
  return node;
}

static inline uint32_t leaf(CTape *t, uint8_t opcode, double value) {
  reserve(t, 0);
  return append(t, opcode, value);
}

static inline uint32_t unary(CTape *t, uint8_t opcode, uint32_t x, double z, double dx) {
  reserve(t, 1);
  uint32_t edge = t->edges++;
  t->sources[edge] = x;
  t->partials[edge] = dx;
  return append(t, opcode, z);
}

static inline uint32_t binary(
    CTape *t, uint8_t opcode, uint32_t x, uint32_t y, double z, double dx, double dy) {
  reserve(t, 2);
  uint32_t edge = t->edges;
  t->edges = edge + 2;
  t->sources[edge] = x;
  t->partials[edge] = dx;
  t->sources[edge + 1] = y;
  t->partials[edge + 1] = dy;
  return append(t, opcode, z);
}

static inline uint32_t add(CTape *t, uint32_t x, uint32_t y) {
  return binary(t, 4, x, y, t->values[x] + t->values[y], 1, 1);
}

static inline uint32_t subtract(CTape *t, uint32_t x, uint32_t y) {
  return binary(t, 5, x, y, t->values[x] - t->values[y], 1, -1);
}

static inline uint32_t multiply(CTape *t, uint32_t x, uint32_t y) {
  double a = t->values[x], b = t->values[y];
  return binary(t, 6, x, y, a * b, b, a);
}

static inline uint32_t divide(CTape *t, uint32_t x, uint32_t y) {
  double b = t->values[y], z = t->values[x] / b;
  return binary(t, 7, x, y, z, 1 / b, -z / b);
}

static inline uint32_t square(CTape *t, uint32_t x) {
  double a = t->values[x];
  return unary(t, 9, x, a * a, 2 * a);
}

static inline uint32_t square_root(CTape *t, uint32_t x) {
  double z = sqrt(t->values[x]);
  return unary(t, 10, x, z, 1 / (2 * z));
}

static inline uint32_t exponential(CTape *t, uint32_t x) {
  double z = exp(t->values[x]);
  return unary(t, 13, x, z, z);
}

static inline uint32_t logarithm(CTape *t, uint32_t x) {
  double a = t->values[x];
  return unary(t, 15, x, log(a), 1 / a);
}

static inline uint32_t sine(CTape *t, uint32_t x) {
  double a = t->values[x];
  return unary(t, 19, x, sin(a), cos(a));
}

static inline uint32_t relu(CTape *t, uint32_t x) {
  double a = t->values[x];
  return unary(t, 35, x, a <= 0 ? 0 : a, a <= 0 ? 0 : 1);
}

uint32_t ctape_record_mixed(CTape *t, uint32_t nodes) {
  uint32_t a = leaf(t, 0, 0.3), b = leaf(t, 0, 0.7), c = leaf(t, 0, 1.1);
  uint32_t y = a, sum = a;
  while (t->nodes < nodes) {
    uint32_t p = add(t, multiply(t, y, b), c);
    uint32_t q = sine(t, p);
    uint32_t r = add(t, square(t, q), leaf(t, 1, 1));
    uint32_t s = logarithm(t, r);
    uint32_t u = divide(t, exponential(t, subtract(t, s, b)), r);
    uint32_t v = add(t, square_root(t, r), relu(t, subtract(t, u, a)));
    y = subtract(t, multiply(t, v, q), add(t, p, u));
    sum = add(t, sum, y);
  }
  return sum;
}

void ctape_differentiate(const CTape *t, uint32_t output, double *derivatives) {
  const uint32_t *restrict ends = t->edge_ends, *restrict sources = t->sources;
  const double *restrict partials = t->partials;
  derivatives[output] = 1;
  for (uint32_t node = output + 1; node-- > 0;) {
    double own = derivatives[node];
    if (own == 0) continue;
    uint32_t begin = node == 0 ? 0 : ends[node - 1], end = ends[node];
    for (uint32_t edge = begin; edge < end; edge++) derivatives[sources[edge]] += partials[edge] * own;
  }
}
