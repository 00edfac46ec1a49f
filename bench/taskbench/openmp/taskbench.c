/*
 * The OpenMP twin of our Task Bench: the same graph, kernel, checks and output, as tasks with `depend`.
 *
 *   cc -O3 -march=native -fopenmp taskbench.c -o taskbench
 *   OMP_NUM_THREADS=2 OMP_PROC_BIND=true ./taskbench -type stencil_1d -width 2 -steps 1000 -iter 64 -repeat 5
 *   OMP_NUM_THREADS=2 ./taskbench -peak 4096       (ns per iteration of the kernel without tasks)
 *
 * Every task has a buffer of its own and depends on it and on those it reads: with buffers that are used again for
 * later rows libgomp also has to order readers before writers, which makes it about four times slower.
 * Each task checks every byte of its inputs.
 */
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type { TRIVIAL, NO_COMM, STENCIL_1D };

static const char *const NAMES[] = {"trivial", "no_comm", "stencil_1d"};

struct options {
  enum type type;
  long width, steps, iterations, output_bytes, repeat, peak;
};

static volatile double sink;
static volatile double seed = 1.2345;

/* 64 doubles, each iteration a = a * a + a for all of them. The volatile seed keeps a call from being moved or dropped. */
__attribute__((noinline)) static double compute_bound(long iterations) {
  double a[64], first = seed;
  for (int k = 0; k < 64; k++) a[k] = first;
  for (long i = 0; i < iterations; i++)
    for (int k = 0; k < 64; k++) a[k] = a[k] * a[k] + a[k];
  double sum = 0;
  for (int k = 0; k < 64; k++) sum += a[k];
  return sum;
}

static void check(const int64_t *input, long bytes, long t, long p) {
  for (long i = 0; i < bytes / 16; i++)
    if (input[2 * i] != t || input[2 * i + 1] != p) {
      fprintf(stderr, "wrong input: expected (%ld, %ld), got (%ld, %ld)\n", t, p, (long)input[2 * i],
              (long)input[2 * i + 1]);
      abort();
    }
}

static void execute(const struct options *o, long t, long p, const int64_t *l, const int64_t *m, const int64_t *r,
                    int64_t *output) {
  if (l) check(l, o->output_bytes, t - 1, p - 1);
  if (m) check(m, o->output_bytes, t - 1, p);
  if (r) check(r, o->output_bytes, t - 1, p + 1);
  for (long i = 0; i < o->output_bytes / 16; i++) output[2 * i] = t, output[2 * i + 1] = p;
  if (o->iterations > 0) sink = compute_bound(o->iterations);
}

static double run(const struct options *o, char *buffers, long stride) {
  double start = omp_get_wtime();
#pragma omp parallel
#pragma omp single
  for (long t = 0; t < o->steps; t++) {
    for (long p = 0; p < o->width; p++) {
      char *own = buffers + (t * o->width + p) * stride, *above = own - o->width * stride;
      int64_t *out = (int64_t *)own;
      int64_t *m = t > 0 && o->type != TRIVIAL ? (int64_t *)above : NULL;
      int64_t *l = t > 0 && o->type == STENCIL_1D && p > 0 ? (int64_t *)(above - stride) : NULL;
      int64_t *r = t > 0 && o->type == STENCIL_1D && p < o->width - 1 ? (int64_t *)(above + stride) : NULL;
      if (l && r) {
#pragma omp task firstprivate(t, p, l, m, r, out) depend(in : l[0], m[0], r[0]) depend(out : out[0])
        execute(o, t, p, l, m, r, out);
      } else if (l) {
#pragma omp task firstprivate(t, p, l, m, out) depend(in : l[0], m[0]) depend(out : out[0])
        execute(o, t, p, l, m, NULL, out);
      } else if (r) {
#pragma omp task firstprivate(t, p, m, r, out) depend(in : m[0], r[0]) depend(out : out[0])
        execute(o, t, p, NULL, m, r, out);
      } else if (m) {
#pragma omp task firstprivate(t, p, m, out) depend(in : m[0]) depend(out : out[0])
        execute(o, t, p, NULL, m, NULL, out);
      } else {
#pragma omp task firstprivate(t, p, out) depend(out : out[0])
        execute(o, t, p, NULL, NULL, NULL, out);
      }
    }
  }
  return omp_get_wtime() - start;
}

/* Prints the nanoseconds of one kernel iteration with every thread busy, for each call of this many iterations. */
static void print_peak(long iterations) {
  enum { CALLS = 40 };
#pragma omp parallel
  {
    double ns[CALLS];
    for (int i = 0; i < 5; i++) sink = compute_bound(iterations);
#pragma omp barrier
    for (int i = 0; i < CALLS; i++) {
      double start = omp_get_wtime();
      sink = compute_bound(iterations);
      ns[i] = (omp_get_wtime() - start) * 1e9 / (double)iterations;
    }
#pragma omp critical
    for (int i = 0; i < CALLS; i++) printf("Kernel %.4f ns per iteration\n", ns[i]);
  }
}

static void print_header(const struct options *o) {
  long edges = 0;
  if (o->type == NO_COMM) edges = o->width * (o->steps - 1);
  if (o->type == STENCIL_1D) edges = (3 * o->width - 2) * (o->steps - 1);
  long tasks = o->width * o->steps;
  printf("Running Task Benchmark\n  Configuration:\n    Task Graph 1:\n");
  printf("      Time Steps: %ld\n      Max Width: %ld\n      Dependence Type: %s\n", o->steps, o->width, NAMES[o->type]);
  printf("      Radix: 3\n      Period: 0\n      Fraction Connected: 0.250000\n      Kernel:\n");
  printf("        Type: compute_bound\n        Iterations: %ld\n        Samples: 16\n", o->iterations);
  printf("        Imbalance: 0.000000\n      Output Bytes: %ld\n      Scratch Bytes: 0\n", o->output_bytes);
  printf("Total Tasks %ld\nTotal Dependencies %ld\n", tasks, edges);
  printf("  Unable to estimate local/nonlocal dependencies\n");
  printf("Total FLOPs %ld\nTotal Bytes 0\n", tasks * (128 * o->iterations + 64));
}

static long number(const char *word, const char *text) {
  char *end;
  long value = text ? strtol(text, &end, 10) : -1;
  if (!text || *end || value < 0) {
    fprintf(stderr, "%s needs a number >= 0, got %s\n", word, text ? text : "nothing");
    exit(2);
  }
  return value;
}

static struct options parse(int count, char **words) {
  struct options o = {TRIVIAL, 4, 4, 0, 16, 1, 0};
  for (int i = 1; i < count; i++) {
    const char *next = i + 1 < count ? words[i + 1] : NULL;
    if (!strcmp(words[i], "-width")) o.width = number(words[i++], next);
    else if (!strcmp(words[i], "-steps")) o.steps = number(words[i++], next);
    else if (!strcmp(words[i], "-iter")) o.iterations = number(words[i++], next);
    else if (!strcmp(words[i], "-output")) o.output_bytes = number(words[i++], next);
    else if (!strcmp(words[i], "-repeat")) o.repeat = number(words[i++], next);
    else if (!strcmp(words[i], "-peak")) o.peak = number(words[i++], next);
    else if (!strcmp(words[i], "-type") && next) {
      int found = 0;
      for (int k = 0; k < 3; k++)
        if (!strcmp(next, NAMES[k])) o.type = k, found = 1;
      if (!found) fprintf(stderr, "no type %s here; there are trivial, no_comm, stencil_1d\n", next), exit(2);
      i++;
    } else fprintf(stderr, "unknown option %s\n", words[i]), exit(2);
  }
  if (o.output_bytes < 16 || o.width < 1 || o.steps < 1) {
    fprintf(stderr, "needs -width >= 1, -steps >= 1, -output >= 16\n");
    exit(2);
  }
  return o;
}

int main(int count, char **words) {
  struct options o = parse(count, words);
  if (o.peak) {
    print_peak(o.peak);
    return 0;
  }
  long stride = (o.output_bytes + 63) / 64 * 64;
  char *buffers = aligned_alloc(64, o.steps * o.width * stride);
  if (!buffers) {
    fprintf(stderr, "no memory for %ld buffers of %ld bytes; use fewer -steps\n", o.steps * o.width, stride);
    return 1;
  }
  memset(buffers, 0, o.steps * o.width * stride);
  print_header(&o);
  run(&o, buffers, stride);
  for (long i = 0; i < o.repeat; i++) printf("Elapsed Time %e seconds\n", run(&o, buffers, stride));
  free(buffers);
  return 0;
}
