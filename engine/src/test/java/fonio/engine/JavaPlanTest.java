package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.api.Config;
import fonio.api.HighThroughputExecutor;
import fonio.api.SlurmProvider;
import fonio.api.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an executor of blocks in a Java program goes by. */
class JavaPlanTest {
  private static final JavaWorkers WORKERS =
      new JavaWorkers(
          Path.of("/segments"), Path.of("/spill"), "token", "a.jar:/b.jar", "feed", () -> 1);

  private static final HighThroughputExecutor EXECUTOR =
      HighThroughputExecutor.builder()
          .label("cluster")
          .provider(
              SlurmProvider.builder()
                  .partition("fast")
                  .walltime(Duration.ofMinutes(90))
                  .maxBlocks(3)
                  .build())
          .maxWorkersPerNode(4)
          .availableAccelerators("gpu0", "gpu1")
          .environment(Map.of("GRAIN", "fonio"))
          .jvmOptions("-Xmx1g")
          .build();

  private static final Config CONFIG =
      Config.builder()
          .strategy(Strategy.HTEX_AUTO_SCALE)
          .strategyPeriod(Duration.ofSeconds(1))
          .maxIdletime(Duration.ofSeconds(7))
          .build();

  private final HtexPlan plan =
      WORKERS.plan(
          EXECUTOR,
          new JavaRunFolder(Path.of("/runs/007"), Path.of("/state.db")),
          Scaling.of(CONFIG));

  @Test
  void managersAreToldHowToStartTheProgramsOwnClasses() {
    Map<String, String> told = plan.told();
    assertThat(told)
        .containsEntry("codec", "java")
        .containsEntry("digest", "feed")
        .containsEntry("cwd", Path.of("").toAbsolutePath().toString())
        .containsEntry("logs", "/runs/007/workers")
        .containsEntry("command.0", Path.of(System.getProperty("java.home"), "bin/java").toString())
        .containsValue("-Xmx1g")
        .containsValue("fonio.worker.WorkerMain")
        .containsValue(Path.of("a.jar").toAbsolutePath() + ":/b.jar");
    assertThat(plan.classes()).isEqualTo(Path.of("a.jar").toAbsolutePath() + ":/b.jar");
  }

  @Test
  void blocksComeAndGoAsTheConfigurationSays() {
    assertThat(plan.scaling())
        .isEqualTo(new Scaling("htex_auto_scale", Duration.ofSeconds(1), Duration.ofSeconds(7)));
    assertThat(Scaling.of(Config.defaults()))
        .isEqualTo(new Scaling("simple", Duration.ofSeconds(5), Duration.ofMinutes(2)));
  }

  @Test
  void managersAreToldWhatWorkersANodeGets() {
    assertThat(plan.told())
        .containsEntry("max_workers_per_node", "4")
        .containsEntry("cores_per_worker", "1")
        .containsEntry("accelerators", "2")
        .containsEntry("env.GRAIN", "fonio")
        .containsEntry("max_tasks_per_child", "");
  }

  @Test
  void theProviderIsToldByTheNamesOfPython() {
    assertThat(plan.executor().under("provider."))
        .containsEntry("partition", "fast")
        .containsEntry("max_blocks", "3")
        .containsKey("launcher");
    assertThat(plan.executor().text("provider", "")).isEqualTo("slurm");
    assertThat(plan.executor().walltime()).isEqualTo(Duration.ofMinutes(90));
  }
}
