package fonio.bench;

import java.util.Arrays;

/**
 * What one task does: checks every byte of its inputs, fills its output, and computes.
 *
 * <p>An output is pairs of longs (row, column), repeated through the whole array. The kernel is the
 * compute-bound one: 64 doubles, {@code a = a * a + a} for all of them in each iteration, its
 * result kept in a field so that it cannot be left out.
 */
record Work(int iterations, int outputBytes) {
  private static final int LANES = 64;

  /** The seed is read anew by each call, so that a call cannot be moved out of a loop. */
  private static volatile double seed = 1.2345;

  /** The sum of the last kernel of any thread; written so that the kernel cannot be left out. */
  @SuppressWarnings("unused")
  private static volatile double sink;

  Work {
    if (iterations < 0 || outputBytes < 16 || outputBytes % 16 != 0) {
      throw new IllegalArgumentException(
          "work needs iterations >= 0 and output bytes a multiple of 16, got "
              + iterations
              + " and "
              + outputBytes);
    }
  }

  /** Runs task {@code (t, p)}; {@code columns} are those that its inputs must come from. */
  long[] execute(int t, int p, int[] columns, Object[] inputs) {
    if (inputs.length != columns.length) {
      throw new IllegalStateException(
          "task ("
              + t
              + ", "
              + p
              + ") got "
              + inputs.length
              + " inputs instead of "
              + columns.length);
    }
    for (int i = 0; i < inputs.length; i++) {
      check(t, p, columns[i], (long[]) inputs[i]);
    }
    long[] output = new long[outputBytes / Long.BYTES];
    for (int i = 0; i < output.length; i += 2) {
      output[i] = t;
      output[i + 1] = p;
    }
    if (iterations > 0) {
      sink = kernel(iterations);
    }
    return output;
  }

  /** The kernel alone. */
  static double kernel(int iterations) {
    double[] a = new double[LANES];
    Arrays.fill(a, seed);
    for (int i = 0; i < iterations; i++) {
      for (int k = 0; k < LANES; k++) {
        a[k] = a[k] * a[k] + a[k];
      }
    }
    double sum = 0;
    for (double value : a) {
      sum += value;
    }
    return sum;
  }

  /** Keeps a result, so that what made it is not left out. */
  static void keep(double value) {
    sink = value;
  }

  private void check(int t, int p, int column, long[] input) {
    if (input.length != outputBytes / Long.BYTES) {
      throw new IllegalStateException(
          "task (" + t + ", " + p + ") got an input of " + input.length * Long.BYTES + " bytes");
    }
    for (int i = 0; i < input.length; i += 2) {
      if (input[i] != t - 1 || input[i + 1] != column) {
        throw new IllegalStateException(
            "task ("
                + t
                + ", "
                + p
                + ") got the output of ("
                + input[i]
                + ", "
                + input[i + 1]
                + ") instead of ("
                + (t - 1)
                + ", "
                + column
                + ")");
      }
    }
  }
}
