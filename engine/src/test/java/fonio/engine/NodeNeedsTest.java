package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.HighThroughputExecutor;
import fonio.api.InvalidResourcesException;
import fonio.api.LocalProvider;
import fonio.api.Options;
import fonio.api.Resources;
import fonio.api.Strategy;
import fonio.api.TaskFuture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of Java workers that name what they need of their node, which says that it has 4 cores. */
@Timeout(60)
class NodeNeedsTest {
  @TempDir static Path home;

  private static Engine start() {
    LocalProvider node =
        LocalProvider.builder()
            .workerInit("export FONIO_CORES=4 FONIO_MEMORY_GB=8")
            .initBlocks(1)
            .build();
    HighThroughputExecutor executor =
        HighThroughputExecutor.builder()
            .label("htex")
            .provider(node)
            .maxWorkersPerNode(4)
            .jvmOptions("-XX:TieredStopAtLevel=1")
            .build();
    return Fonio.start(
        Config.builder().runDir(home).strategy(Strategy.NONE).executors(executor).build());
  }

  private static Options needing(Resources resources) {
    return Options.defaults().withResources(resources);
  }

  /** When it began and ended, after so much work. */
  private static long[] during(long millis) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < millis * 1_000_000) {
      Thread.onSpinWait();
    }
    return new long[] {begin, System.nanoTime()};
  }

  @Test
  void tasksHaveWhatTheyNeedAloneAndWhatNoNodeHasIsRefused() {
    try (Engine engine = start()) {
      App1<Long, long[]> during = engine.app(NodeNeedsTest::during);
      Options three = needing(Resources.none().withCores(3));
      List<TaskFuture<long[]>> large =
          IntStream.range(0, 4).mapToObj(i -> during.with(three).call(50L)).toList();
      List<long[]> times =
          large.stream().map(TaskFuture::join).sorted((a, b) -> Long.compare(a[0], b[0])).toList();
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i)[0]).isGreaterThanOrEqualTo(times.get(i - 1)[1]);
      }

      App1<Integer, String> threads =
          engine.app((Integer n) -> System.getProperty("fonio.env.OMP_NUM_THREADS"));
      assertThat(threads.with(three).call(0).join()).isEqualTo("3");

      TaskFuture<long[]> impossible = during.with(needing(Resources.none().withMemory(9))).call(1L);
      assertThatThrownBy(impossible::join)
          .isInstanceOf(InvalidResourcesException.class)
          .hasMessageContaining("9.0 GB of memory");
      assertThat(during.call(1L).join()).hasSize(2);
    }
  }
}
