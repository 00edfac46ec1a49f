package fonio.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The same graph by {@code CompletableFuture} on a fixed pool: what the JDK alone offers. */
final class FutureBackend implements Backend {
  private final int cores;
  private final ExecutorService pool;

  FutureBackend(int cores) {
    this.cores = cores;
    this.pool = Executors.newFixedThreadPool(cores);
  }

  @Override
  public String name() {
    return "completablefuture";
  }

  @Override
  public double run(Graph graph, Work work) {
    long start = System.nanoTime();
    CompletableFuture<?>[] before = new CompletableFuture<?>[0];
    for (int t = 0; t < graph.steps(); t++) {
      CompletableFuture<?>[] row = new CompletableFuture<?>[graph.width()];
      for (int p = graph.offset(t); p < graph.offset(t) + graph.widthAt(t); p++) {
        row[p] = task(graph, work, t, p, before);
      }
      before = row;
    }
    for (CompletableFuture<?> last : before) {
      if (last != null) {
        last.join();
      }
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private CompletableFuture<long[]> task(
      Graph graph, Work work, int t, int p, CompletableFuture<?>[] before) {
    int[] columns = graph.inputs(t, p);
    CompletableFuture<?>[] parents = new CompletableFuture<?>[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parents[i] = before[columns[i]];
    }
    if (parents.length == 0) {
      return CompletableFuture.supplyAsync(() -> work.execute(t, p, columns, new Object[0]), pool);
    }
    return CompletableFuture.allOf(parents)
        .thenApplyAsync(ready -> execute(work, t, p, columns, parents), pool);
  }

  private static long[] execute(
      Work work, int t, int p, int[] columns, CompletableFuture<?>[] parents) {
    Object[] inputs = new Object[parents.length];
    for (int i = 0; i < parents.length; i++) {
      inputs[i] = parents[i].join();
    }
    return work.execute(t, p, columns, inputs);
  }

  @Override
  public double[] kernelNanos() {
    return Reference.kernelNanos(cores);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
