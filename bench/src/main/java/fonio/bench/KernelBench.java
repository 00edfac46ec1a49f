package fonio.bench;

import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskClass;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the kernel's bookkeeping costs a task, from its submission to its release. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KernelBench implements Effects {
  private static final int BATCH = 1024;

  private final Kernel kernel = new Kernel(this);
  private final long[] taken = new long[BATCH];
  private final long[] parents = new long[2];
  private long next = 1;
  private long ended;

  /** Defines the one class of all tasks. */
  @Setup(Level.Trial)
  public void open() {
    kernel.define(0, TaskClass.ofLane(0));
  }

  /** Gives the table back. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }

  /** Tasks without dependencies, submitted and taken in batches. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long noops() {
    long first = next;
    next += BATCH;
    kernel.submit(first, BATCH, 0);
    int count = kernel.take(0, BATCH, taken, 0);
    for (int i = 0; i < count; i++) {
      kernel.succeeded(taken[i], 0);
    }
    release(first);
    return ended;
  }

  /** A chain: each task is ready when the one before it has ended. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long chain() {
    long first = next;
    next += BATCH;
    kernel.submit(first, 1, 0);
    for (long task = first + 1; task < next; task++) {
      parents[0] = task - 1;
      kernel.submit(task, 0, parents, 0, 1, 0);
    }
    for (int i = 0; i < BATCH; i++) {
      kernel.take(0, 1, taken, 0);
      kernel.succeeded(taken[0], 0);
    }
    release(first);
    return ended;
  }

  /** A stencil of width two: each task needs both tasks of the row before it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long stencil() {
    long first = next;
    next += BATCH;
    kernel.submit(first, 2, 0);
    for (long task = first + 2; task < next; task++) {
      parents[0] = task - 2 - ((task - first) & 1);
      parents[1] = parents[0] + 1;
      kernel.submit(task, 0, parents, 0, 2, 0);
    }
    for (int left = BATCH; left > 0; ) {
      int count = kernel.take(0, 2, taken, 0);
      for (int i = 0; i < count; i++) {
        kernel.succeeded(taken[i], 0);
      }
      left -= count;
    }
    release(first);
    return ended;
  }

  private void release(long first) {
    for (long task = first; task < next; task++) {
      kernel.release(task);
    }
  }

  @Override
  public void ended(long task, Ending ending, long cause) {
    ended++;
  }

  @Override
  public void ask(long task) {
    throw new IllegalStateException("no task of this class asks: " + task);
  }

  @Override
  public void lookUp(long task) {
    throw new IllegalStateException("no task is to be looked up: " + task);
  }
}
