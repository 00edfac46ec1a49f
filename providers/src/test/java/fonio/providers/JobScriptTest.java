package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobScriptTest {
  private static final Golden GOLDEN = new Golden(JobScriptTest.class);

  /** A job script that somebody is to read before it changes. */
  record Case(
      String name,
      String kind,
      String program,
      String answer,
      int nodes,
      Map<String, String> keys) {
    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir Path folder;

  static Stream<Case> cases() {
    return Stream.of(
        new Case("slurm", "slurm", "sbatch", "Submitted batch job 5", 1, Map.of()),
        new Case(
            "slurm-all",
            "slurm",
            "sbatch",
            "Submitted batch job 5 on cluster north",
            2,
            Map.ofEntries(
                Map.entry("partition", "gpu"),
                Map.entry("account", "chem"),
                Map.entry("qos", "high"),
                Map.entry("constraint", "a100|h100"),
                Map.entry("clusters", "north"),
                Map.entry("cores_per_node", "64"),
                Map.entry("mem_per_node", "200"),
                Map.entry("gpus_per_node", "4"),
                Map.entry("gres", "nvme:1"),
                Map.entry("walltime", "01:30:00"),
                Map.entry("scheduler_options", "#SBATCH --mail-type=FAIL"),
                Map.entry("exclusive", "False"),
                Map.entry("worker_init", "module load chem\nsource ~/venv/bin/activate"),
                Map.entry("launcher", "srun"))),
        new Case(
            "pbspro",
            "pbspro",
            "qsub",
            "1001.pbs-server",
            2,
            Map.of(
                "account", "chem",
                "queue", "debug",
                "cpus_per_node", "32",
                "select_options", "ngpus=4",
                "scheduler_options", "#PBS -l filesystems=home",
                "launcher", "mpiexec")),
        new Case("torque", "torque", "qsub", "77.head.example.org", 2, Map.of("queue", "batch")),
        new Case(
            "lsf",
            "lsf",
            "bsub",
            "Job <345> is submitted to queue <normal>.",
            2,
            Map.of(
                "project", "chem", "queue", "normal", "launcher", "jsrun", "walltime", "01:10:30")),
        new Case(
            "lsf-cores",
            "lsf",
            "bsub",
            "Job <345> is submitted to default queue <normal>.",
            2,
            Map.of(
                "request_by_nodes", "false",
                "cores_per_node", "16",
                "bsub_redirection", "true",
                "launcher", "simple")),
        new Case(
            "grid_engine",
            "grid_engine",
            "qsub",
            "4711",
            1,
            Map.of("queue", "all.q", "scheduler_options", "#$ -pe smp 4")),
        new Case(
            "condor",
            "condor",
            "condor_submit",
            "Submitting job(s)..\n2 job(s) submitted to cluster 118.",
            2,
            Map.of(
                "cores_per_slot", "4",
                "mem_per_slot", "8",
                "environment", "A=1\nB=it's \"two\"",
                "project", "chem",
                "requirements", "HasGPU",
                "transfer_input_files", "a.txt\nb.txt",
                "scheduler_options", "accounting_group = chem",
                "walltime", "00:30:00")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scriptAndCommandAreAsTheyAreWrittenDown(Case test) throws IOException {
    FakePrograms programs =
        new FakePrograms(folder.resolve("bin")).answering(test.program(), test.answer(), "", 0);
    ProviderSettings settings = new ProviderSettings(test.kind(), test.keys());
    Path blocks = folder.resolve("blocks");
    String text;
    try (Provider provider = Providers.open(settings, programs.environment(), line -> {})) {
      provider.submit(
          new BlockOrder("fonio.htex-block-0", "fonio-manager --block=0", test.nodes(), 1, blocks));
      text = Files.readString(blocks.resolve("fonio.htex-block-0.sh"));
    }
    Path submit = blocks.resolve("fonio.htex-block-0.submit");
    if (Files.exists(submit)) {
      text += "--- submit\n" + Files.readString(submit);
    }
    text += "--- command\n" + String.join("\n", programs.calls()) + "\n";

    GOLDEN.check(test.name() + ".txt", text.replace(blocks.toString(), "/blocks"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scriptIsOneThatBashCanRead(Case test) throws Exception {
    scriptAndCommandAreAsTheyAreWrittenDown(test);
    Path script = folder.resolve("blocks").resolve("fonio.htex-block-0.sh");
    Process bash = new ProcessBuilder(List.of("bash", "-n", script.toString())).inheritIO().start();

    assertThat(bash.waitFor()).isZero();
  }
}
