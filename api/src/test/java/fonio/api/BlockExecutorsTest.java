package fonio.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BlockExecutorsTest {
  private static final Map<String, String> LOCAL =
      Map.ofEntries(
          Map.entry("workers", "0"),
          Map.entry("provider", "local"),
          Map.entry("provider.nodes_per_block", "1"),
          Map.entry("provider.init_blocks", "1"),
          Map.entry("provider.min_blocks", "0"),
          Map.entry("provider.max_blocks", "1"),
          Map.entry("provider.parallelism", "1"),
          Map.entry("provider.worker_init", ""),
          Map.entry("provider.cmd_timeout", "30"),
          Map.entry("provider.launcher.debug", "1"),
          Map.entry("loopback_address", "127.0.0.1"),
          Map.entry("worker_port_range", "54000-55000"),
          Map.entry("worker_debug", "0"),
          Map.entry("prefetch_capacity", "0"),
          Map.entry("heartbeat_threshold", "15"),
          Map.entry("heartbeat_period", "5"),
          Map.entry("block_error_handler", "simple"),
          Map.entry("jvm_options", ""),
          Map.entry("credit_us", "1000"),
          Map.entry("kills", "3"));

  private static Map<String, String> local(Map<String, String> own) {
    Map<String, String> keys = new TreeMap<>(LOCAL);
    keys.putAll(own);
    return keys;
  }

  @Test
  void whatIsLeftOpenHasTheDefaultsOfPythonPrograms() {
    assertThat(HighThroughputExecutor.builder().build().keys())
        .isEqualTo(
            local(
                Map.of(
                    "label", "HighThroughputExecutor",
                    "kind", "htex",
                    "provider.launcher", "single_node",
                    "provider.launcher.fail_on_any", "0",
                    "cores_per_worker", "1",
                    "cpu_affinity", "none",
                    "available_accelerators", "",
                    "manager_selector", "random")));
    assertThat(MpiExecutor.builder().build().keys())
        .isEqualTo(
            local(
                Map.of(
                    "label", "MPIExecutor",
                    "kind", "mpi",
                    "provider.launcher", "simple",
                    "max_workers_per_block", "1",
                    "mpi_launcher", "mpiexec")));
  }

  @Test
  void eachOptionIsToldByItsName() {
    Map<String, String> keys =
        HighThroughputExecutor.builder()
            .label("far")
            .provider(SlurmProvider.builder().partition("debug").build())
            .launchCmd("nice {command}")
            .interchangeLaunchCmd("nice", "{command}")
            .address("10.0.0.1")
            .loopbackAddress("::1")
            .workerPort(6005)
            .workerPortRange(6000, 6010)
            .workerDebug(true)
            .prefetchCapacity(2)
            .heartbeatThreshold(Duration.ofMillis(2500))
            .heartbeatPeriod(Duration.ofSeconds(1))
            .drainPeriod(Duration.ofMinutes(9))
            .workerLogdirRoot(Path.of("/scratch"))
            .blockErrorHandler(BlockErrorHandler.WINDOWED)
            .encrypted(false)
            .maxTasksPerChild(7)
            .environment(Map.of("GRAIN", "fonio"))
            .jvmOptions("-Xmx1g", "-Da=b")
            .creditUs(5)
            .kills(1)
            .coresPerWorker(0.5)
            .memPerWorker(1.5)
            .maxWorkersPerNode(4)
            .cpuAffinity("block")
            .availableAccelerators("0", "1")
            .managerSelector(ManagerSelector.LEAST_LOADED)
            .build()
            .keys();

    assertThat(keys)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("label", "far"),
                Map.entry("provider", "slurm"),
                Map.entry("provider.partition", "debug"),
                Map.entry("launch_cmd", "nice {command}"),
                Map.entry("interchange_launch_cmd", "nice\n{command}"),
                Map.entry("address", "10.0.0.1"),
                Map.entry("loopback_address", "::1"),
                Map.entry("worker_port", "6005"),
                Map.entry("worker_port_range", "6000-6010"),
                Map.entry("worker_debug", "1"),
                Map.entry("prefetch_capacity", "2"),
                Map.entry("heartbeat_threshold", "2.5"),
                Map.entry("heartbeat_period", "1"),
                Map.entry("drain_period", "540"),
                Map.entry("worker_logdir_root", "/scratch"),
                Map.entry("block_error_handler", "windowed"),
                Map.entry("encrypted", "0"),
                Map.entry("max_tasks_per_child", "7"),
                Map.entry("env.GRAIN", "fonio"),
                Map.entry("jvm_options", "-Xmx1g\n-Da=b"),
                Map.entry("credit_us", "5"),
                Map.entry("kills", "1"),
                Map.entry("cores_per_worker", "0.5"),
                Map.entry("mem_per_worker", "1.5"),
                Map.entry("max_workers_per_node", "4"),
                Map.entry("cpu_affinity", "block"),
                Map.entry("available_accelerators", "0\n1"),
                Map.entry("manager_selector", "least_loaded")));
  }

  @Test
  void whatIsGivenIsCopied() {
    Map<String, String> variables = new HashMap<>(Map.of("GRAIN", "fonio"));
    HighThroughputExecutor executor =
        HighThroughputExecutor.builder().environment(variables).build();

    variables.put("GRAIN", "wheat");

    assertThat(executor.managers().environment()).containsExactly(Map.entry("GRAIN", "fonio"));
  }

  @Test
  void aValueThatCannotBeUsedIsNamedWithItsRule() {
    refused(it -> it.label("a/b"), "a/b", "letters");
    refused(it -> it.workerPort(0), "workerPort", "\"0\"", "between 1 and 65535");
    refused(it -> it.workerPortRange(5, 4), "workerPortRange", "\"5-4\"", "above");
    refused(it -> it.coresPerWorker(0), "coresPerWorker", "executor \"HighThr", "above 0");
    refused(it -> it.memPerWorker(Double.NaN), "memPerWorker", "NaN");
    refused(it -> it.maxWorkersPerNode(0), "maxWorkersPerNode", "\"0\"", "at least 1");
    refused(it -> it.cpuAffinity("spread"), "cpuAffinity", "\"spread\"", "alternating");
    refused(it -> it.prefetchCapacity(-1), "prefetchCapacity", "\"-1\"");
    refused(
        it -> it.heartbeatPeriod(Duration.ofSeconds(15)), "heartbeatThreshold", "heartbeatPeriod");
    refused(it -> it.heartbeatPeriod(Duration.ZERO), "heartbeatPeriod", "a millisecond");
    refused(it -> it.launchCmd("worker.py"), "launchCmd", "\"worker.py\"", "{command}");
    refused(it -> it.interchangeLaunchCmd("interchange"), "interchangeLaunchCmd", "{command}");
    refused(it -> it.environment(Map.of("A=", "b")), "environment", "without '='");
    refused(it -> it.jvmOptions("-jar"), "jvmOptions", "leave it out");
    refused(it -> it.creditUs(0), "creditUs", "at least 1");
    refused(it -> it.kills(0), "kills", "at least 1");
    refused(it -> it.maxTasksPerChild(0), "maxTasksPerChild", "at least 1");
  }

  private static void refused(
      UnaryOperator<HighThroughputExecutor.Builder> change, String... words) {
    assertThatThrownBy(() -> change.apply(HighThroughputExecutor.builder()).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void mpiProgramsNeedTheSimpleLauncher() {
    ProviderConfig slurm = SlurmProvider.builder().launcher(new SrunLauncher()).build();

    assertThatThrownBy(() -> MpiExecutor.builder().provider(slurm).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("launcher", "\"srun\"", "SimpleLauncher");
  }
}
