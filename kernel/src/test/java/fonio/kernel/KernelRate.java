package fonio.kernel;

/**
 * Prints what the kernel costs a task, in nanoseconds: the best of several repetitions. A program,
 * not a test: run its main from the test class path with {@code
 * --enable-native-access=ALL-UNNAMED}.
 */
final class KernelRate {

  private static final int TASKS = 5_000_000;
  private static final int BATCH = 256;
  private static final int REPETITIONS = 9;

  private final long[] into = new long[BATCH];
  private final long[] parent = new long[1];

  private KernelRate() {}

  public static void main(String[] arguments) {
    var rate = new KernelRate();
    print("independent, in batches of 256", rate::independent);
    print("chain, submitted whole", rate::chain);
    print("chain, sent ahead", rate::ahead);
  }

  /** One pass over {@link #TASKS} tasks. */
  private interface Load {
    void run(Kernel kernel);
  }

  private static void print(String name, Load load) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < REPETITIONS; i++) {
      var effects = new Counting();
      try (var kernel = new Kernel(effects)) {
        kernel.define(0, TaskClass.ofLane(0));
        long start = System.nanoTime();
        load.run(kernel);
        best = Math.min(best, (System.nanoTime() - start) / (double) TASKS);
      }
      if (effects.ended < TASKS) {
        throw new IllegalStateException(effects.ended + " tasks ended of " + TASKS);
      }
    }
    System.out.printf("%-32s %6.1f ns a task%n", name, best);
  }

  private void independent(Kernel kernel) {
    for (int done = 0; done < TASKS; ) {
      kernel.submit(kernel.lastTask() + 1, BATCH, 0);
      int count = kernel.take(0, BATCH, into, 0);
      for (int i = 0; i < count; i++) {
        kernel.succeeded(into[i], 0);
      }
      for (int i = 0; i < count; i++) {
        kernel.release(into[i]);
      }
      done += count;
    }
  }

  private void submitChain(Kernel kernel) {
    kernel.submit(1, 1, 0);
    for (long task = 2; task <= TASKS; task++) {
      parent[0] = task - 1;
      kernel.submit(task, 0, parent, 0, 1, 0);
    }
  }

  private void chain(Kernel kernel) {
    submitChain(kernel);
    while (kernel.take(0, 1, into, 0) == 1) {
      kernel.succeeded(into[0], 0);
      kernel.release(into[0]);
    }
  }

  private void ahead(Kernel kernel) {
    submitChain(kernel);
    kernel.take(0, 1, into, 0);
    for (long task = into[0]; task > 0; ) {
      long next = kernel.follower(task);
      kernel.succeeded(task, 0);
      kernel.release(task);
      task = next;
    }
  }

  private static final class Counting implements Effects {
    private long ended;

    @Override
    public void ended(long task, Ending ending, long cause) {
      ended++;
    }

    @Override
    public void ask(long task) {
      throw new AssertionError("nothing asks here");
    }

    @Override
    public void lookUp(long task) {
      throw new AssertionError("nothing is looked up here");
    }
  }
}
