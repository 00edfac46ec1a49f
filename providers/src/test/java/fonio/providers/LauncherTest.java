package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import fonio.testkit.Deadline;
import fonio.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
  private static final Golden GOLDEN = new Golden(LauncherTest.class);
  @TempDir Path folder;

  private static Launcher launcher(Map<String, String> keys) {
    return Launchers.of(Keys.of(new ProviderSettings("slurm", keys), Set.of()), "single_node");
  }

  @ParameterizedTest
  @CsvSource({
    "simple,,",
    "wrapped,prepend,singularity exec image.sif",
    "single_node,fail_on_any,true",
    "gnu_parallel,debug,false",
    "mpiexec,bind_cmd,--cpu-bind",
    "mpirun,bash_location,/usr/bin/bash",
    "srun,overrides,--exact -c 8",
    "srun_mpi,overrides,--mpi=pmix",
    "aprun,overrides,-b",
    "jsrun,overrides,-a1"
  })
  void textIsAsItIsWrittenDownAndBashCanReadIt(String name, String option, String value)
      throws Exception {
    Map<String, String> keys = new HashMap<>(Map.of("launcher", name));
    if (option != null) {
      keys.put("launcher." + option, value);
    }

    String text = launcher(keys).wrap("fonio-manager --node=$HOSTNAME", 2, 3);

    Process bash = new ProcessBuilder("bash", "-n", "-c", text).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
    GOLDEN.check("launcher-" + name + ".txt", text + "\n");
  }

  /** The exit code of a local block that the launcher starts. */
  private JobStatus run(Map<String, String> keys, String command, int tasks) {
    ProviderSettings settings = new ProviderSettings("local", keys);
    try (Provider local = Providers.open(settings, line -> {})) {
      String job = local.submit(new BlockOrder("block", command, 1, tasks, folder));
      Deadline.in(Duration.ofSeconds(30))
          .await("end", () -> local.status(List.of(job)).get(job).state().isEnded());
      return local.status(List.of(job)).get(job);
    }
  }

  @Test
  void singleNodeStartsTheCommandForEachTask() {
    JobStatus status = run(Map.of("launcher.debug", "false"), "echo here", 3);

    assertThat(status.stdoutTail()).isEqualTo("here\nhere\nhere\n");
    assertThat(status.state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void singleNodeFailsWhenEveryTaskHasFailed() {
    String oneFails = "mkdir " + folder + "/first 2>/dev/null || exit 4";

    assertThat(run(Map.of(), oneFails, 2).exitCode()).hasValue(0);
    assertThat(run(Map.of(), "exit 4", 2).exitCode()).hasValue(4);
  }

  @Test
  void singleNodeFailsWhenOneTaskHasFailedIfItIsToldTo() {
    String oneFails = "mkdir " + folder + "/first 2>/dev/null || exit 4";

    assertThat(run(Map.of("launcher.fail_on_any", "true"), oneFails, 2).exitCode()).hasValue(4);
  }

  @Test
  void spreadingLauncherGivesItsStarterTheCommandUntouched() {
    FakePrograms programs =
        new FakePrograms(folder.resolve("bin")).with("aprun", "shift 4; exec \"$@\"");
    ProviderSettings settings = new ProviderSettings("local", Map.of("launcher", "aprun"));
    String command = "v='a b'; echo \"$v\" \\$HOME `echo tick`";
    try (Provider local = Providers.open(settings, programs.environment(), line -> {})) {
      String job = local.submit(new BlockOrder("block", command, 1, 2, folder));
      Deadline.in(Duration.ofSeconds(30))
          .await("end", () -> local.status(List.of(job)).get(job).state().isEnded());

      assertThat(local.status(List.of(job)).get(job).stdoutTail()).endsWith("a b $HOME tick\n");
    }
    assertThat(programs.calls())
        .containsExactly("aprun -n 2 -N 2 /bin/bash " + folder + "/block.cmd");
  }

  @Test
  void launcherThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> launcher(Map.of("launcher", "ssh")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("launcher of provider slurm is \"ssh\"")
        .hasMessageContaining("single_node");
  }

  @Test
  void optionOfAnotherLauncherIsRefused() {
    assertThatThrownBy(() -> launcher(Map.of("launcher.overrides", "-c 8")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("launcher.overrides")
        .hasMessageContaining("launcher single_node has no such option");
  }
}
