#ifndef CTAPE_H
#define CTAPE_H

#include <stddef.h>
#include <stdint.h>

/// A tape as a plain structure of arrays: the measure that the Swift tape is held against.
typedef struct CTape {
  uint32_t nodes, edges, node_capacity, edge_capacity;
  uint8_t *opcodes;
  double *values;
  uint32_t *edge_ends;
  uint32_t *sources;
  double *partials;
} CTape;

/// A tape with room for `capacity` nodes of two edges each; it grows as needed.
CTape *ctape_create(uint32_t capacity);
void ctape_destroy(CTape *tape);

/// Forgets the recording and keeps the buffers.
void ctape_reset(CTape *tape);

/// Records the mixed computation of `mixed` in Mixed.swift: at least `nodes` nodes; returns the last.
uint32_t ctape_record_mixed(CTape *tape, uint32_t nodes);

/// Adds the derivative of `output` by every node up to it to `derivatives`, which are zeros.
void ctape_differentiate(const CTape *tape, uint32_t output, double *derivatives);

double ctape_value(const CTape *tape, uint32_t node);

#endif
