package fonio.bench;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** The kernel without an engine: nanoseconds of one iteration while every core is busy with it. */
final class Reference {
  private static final int CALLS = 40;

  private Reference() {}

  /** A value for each call of about a millisecond on this many threads, compiled beforehand. */
  static double[] kernelNanos(int threads) {
    int iterations = 100_000;
    for (int i = 0; i < 5; i++) {
      Work.keep(Work.kernel(iterations));
    }
    double[] nanos = new double[threads * CALLS];
    CyclicBarrier together = new CyclicBarrier(threads);
    Thread[] all = new Thread[threads];
    for (int n = 0; n < threads; n++) {
      int first = n * CALLS;
      all[n] = Thread.ofPlatform().start(() -> measure(iterations, together, nanos, first));
    }
    for (Thread thread : all) {
      join(thread);
    }
    return nanos;
  }

  private static void measure(int iterations, CyclicBarrier together, double[] nanos, int first) {
    await(together);
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      Work.keep(Work.kernel(iterations));
      nanos[first + i] = (System.nanoTime() - start) / (double) iterations;
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("the reference could not start on all threads at once", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the reference was measured", e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reference was measured", e);
    }
  }
}
