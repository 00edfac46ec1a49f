package fonio.bench;

import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.api.spi.Calls;
import fonio.engine.Fonio;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The same graph on Fonio's threads in this JVM: each task a call that takes futures. */
final class FonioBackend implements Backend {
  private final int cores;
  private final Engine engine;

  FonioBackend(int cores) {
    this.cores = cores;
    this.engine =
        Fonio.start(Config.builder().executors(new ThreadPoolExecutor("threads", cores)).build());
  }

  @Override
  public String name() {
    return "fonio-threads";
  }

  @Override
  public double run(Graph graph, Work work) {
    Calls calls = engine.calls();
    long start = System.nanoTime();
    List<TaskFuture<long[]>> before = new ArrayList<>();
    for (int t = 0; t < graph.steps(); t++) {
      List<TaskFuture<long[]>> row = new ArrayList<>();
      int offset = graph.offset(t);
      int offsetBefore = graph.offset(t - 1);
      for (int p = offset; p < offset + graph.widthAt(t); p++) {
        row.add(task(calls, graph, work, t, p, offsetBefore, before));
      }
      before = row;
    }
    before.forEach(TaskFuture::join);
    return (System.nanoTime() - start) * 1e-9;
  }

  private static TaskFuture<long[]> task(
      Calls calls,
      Graph graph,
      Work work,
      int t,
      int p,
      int offsetBefore,
      List<TaskFuture<long[]>> before) {
    int[] columns = graph.inputs(t, p);
    Object[] parents = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parents[i] = before.get(columns[i] - offsetBefore);
    }
    return calls.call(
        inputs -> work.execute(t, p, columns, values(inputs)), Options.defaults(), parents);
  }

  private static Object[] values(@Nullable Object[] inputs) {
    Object[] values = new Object[inputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Objects.requireNonNull(inputs[i], "a task of the graph gave nothing");
    }
    return values;
  }

  @Override
  public double[] kernelNanos() {
    return Reference.kernelNanos(cores);
  }

  @Override
  public void close() {
    engine.close();
  }
}
