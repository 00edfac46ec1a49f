package fonio.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  /** The keys of a provider that is left open, beside those that all have. */
  private static void has(ProviderConfig provider, String word, String timeout, String... own) {
    Map<String, String> keys = new TreeMap<>(provider.keys());
    assertThat(provider.word()).isEqualTo(word);
    assertThat(keys.remove("nodes_per_block")).isEqualTo("1");
    assertThat(keys.remove("min_blocks")).isEqualTo("0");
    assertThat(keys.remove("parallelism")).isEqualTo("1");
    assertThat(keys.remove("worker_init")).isEmpty();
    assertThat(keys.remove("cmd_timeout")).isEqualTo(timeout);
    Map<String, String> expected = new TreeMap<>();
    for (String entry : own) {
      int at = entry.indexOf('=');
      expected.put(entry.substring(0, at), entry.substring(at + 1));
    }
    if (!word.equals("kubernetes") && !expected.containsKey("launcher")) {
      expected.put("launcher", "single_node");
      expected.put("launcher.fail_on_any", "0");
      expected.put("launcher.debug", "1");
    }
    expected.putIfAbsent("init_blocks", "1");
    expected.putIfAbsent("max_blocks", "1");
    assertThat(keys).isEqualTo(expected);
  }

  @Test
  void providersHaveTheDefaultsOfPythonPrograms() {
    has(LocalProvider.builder().build(), "local", "30");
    has(
        SshProvider.builder(List.of("n1", "n2")).build(),
        "ssh",
        "30",
        "max_blocks=2",
        "hosts=n1\nn2",
        "ssh_options=");
    has(
        SlurmProvider.builder().build(),
        "slurm",
        "10",
        "walltime=00:10:00",
        "scheduler_options=",
        "regex_job_id=Submitted batch job (?P<id>\\S*)",
        "status_batch_size=50",
        "exclusive=1");
    has(
        PbsProProvider.builder().build(),
        "pbspro",
        "120",
        "scheduler_options=",
        "select_options=",
        "cpus_per_node=1",
        "walltime=00:20:00");
    has(
        TorqueProvider.builder().build(),
        "torque",
        "120",
        "launcher=aprun",
        "launcher.debug=1",
        "launcher.overrides=",
        "scheduler_options=",
        "walltime=00:20:00");
    has(
        LsfProvider.builder().build(),
        "lsf",
        "120",
        "walltime=00:10:00",
        "scheduler_options=",
        "bsub_redirection=0",
        "request_by_nodes=1");
    has(
        GridEngineProvider.builder().build(),
        "grid_engine",
        "60",
        "walltime=00:10:00",
        "scheduler_options=");
    has(
        CondorProvider.builder().build(),
        "condor",
        "60",
        "environment=",
        "project=",
        "scheduler_options=",
        "transfer_input_files=",
        "walltime=00:10:00",
        "requirements=",
        "cmd_chunk_size=100");
    has(
        KubernetesProvider.builder("fonio:1").build(),
        "kubernetes",
        "10",
        "init_blocks=4",
        "max_blocks=10",
        "image=fonio:1",
        "namespace=default",
        "max_cpu=2",
        "max_mem=500Mi",
        "init_cpu=1",
        "init_mem=250Mi",
        "extra_requests=",
        "extra_limits=",
        "run_as_non_root=0",
        "persistent_volumes=",
        "annotations=");
  }

  @Test
  void launchersAreToldByTheirWordsAndOptions() {
    told(new SimpleLauncher(), "simple", Map.of());
    told(new WrappedLauncher("nice"), "wrapped", Map.of("prepend", "nice"));
    told(new SingleNodeLauncher(), "single_node", Map.of("fail_on_any", "0"));
    told(new GnuParallelLauncher(), "gnu_parallel", Map.of());
    told(new MpiExecLauncher(), "mpiexec", Map.of("bind_cmd", "--bind-to", "overrides", ""));
    told(new MpiRunLauncher(), "mpirun", Map.of("bash_location", "/bin/bash", "overrides", ""));
    told(new SrunLauncher(), "srun", Map.of("overrides", ""));
    told(new SrunMpiLauncher(), "srun_mpi", Map.of("overrides", ""));
    told(new AprunLauncher(), "aprun", Map.of("overrides", ""));
    told(new JsrunLauncher(), "jsrun", Map.of("overrides", ""));
  }

  private static void told(LauncherConfig launcher, String word, Map<String, String> own) {
    Map<String, String> expected = new TreeMap<>(own);
    expected.put("debug", "1");
    assertThat(launcher.word()).isEqualTo(word);
    assertThat(launcher.keys()).isEqualTo(expected);
  }

  @Test
  void whatIsGivenIsToldByItsName() {
    assertThat(
            SlurmProvider.builder()
                .account("a1")
                .memPerNode(4)
                .walltime(Duration.ofHours(100))
                .exclusive(false)
                .maxBlocks(3)
                .launcher(new SrunLauncher(false, "--mpi=none"))
                .build()
                .keys())
        .containsAllEntriesOf(
            Map.of(
                "account", "a1",
                "mem_per_node", "4",
                "walltime", "100:00:00",
                "exclusive", "0",
                "max_blocks", "3",
                "launcher", "srun",
                "launcher.debug", "0",
                "launcher.overrides", "--mpi=none"));
    assertThat(CondorProvider.builder().environment(Map.of("A", "b", "C", "d")).build().keys())
        .containsEntry("environment", "A=b\nC=d");
  }

  @Test
  void aValueThatCannotBeUsedIsNamedWithItsRule() {
    refused(() -> LocalProvider.builder().nodesPerBlock(2).build(), "\"2\"", "SshProvider");
    refused(() -> LocalProvider.builder().minBlocks(2).build(), "minBlocks", "maxBlocks, 1");
    refused(() -> LocalProvider.builder().maxBlocks(0).build(), "maxBlocks", "at least 1");
    refused(() -> LocalProvider.builder().parallelism(2).build(), "parallelism", "\"2.0\"");
    refused(() -> LocalProvider.builder().workerInit("\0").build(), "workerInit", "zero");
    refused(
        () -> SlurmProvider.builder().walltime(Duration.ZERO).build(),
        "walltime of provider slurm",
        "a second");
    refused(() -> SlurmProvider.builder().partition("a b").build(), "partition", "one word");
    refused(() -> SlurmProvider.builder().regexJobId("(").build(), "regexJobId", "expression");
    refused(() -> SlurmProvider.builder().regexJobId("x").build(), "regexJobId", "(?P<id>");
    refused(() -> LsfProvider.builder().requestByNodes(false).build(), "coresPerBlock");
    refused(() -> KubernetesProvider.builder(" ").build(), "image", "blank");
    refused(
        () -> CondorProvider.builder().environment(Map.of("A", "b\n")).build(),
        "environment",
        "one line");
    refused(() -> SshProvider.builder(List.of("n1", "n1")).build(), "\"n1\"", "once");
    refused(() -> SshProvider.builder(List.of("-oX=y")).build(), "\"-oX=y\"", "host[:port]");
    refused(() -> SshProvider.builder(List.of("n1")).nodesPerBlock(2).build(), "hosts", "is 2");
    refused(
        () -> SshProvider.builder(List.of("n1")).launcher(new SrunLauncher()).build(),
        "\"srun\"",
        "single_node");
  }

  private static void refused(Supplier<?> make, String... words) {
    assertThatThrownBy(make::get)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(words);
  }
}
