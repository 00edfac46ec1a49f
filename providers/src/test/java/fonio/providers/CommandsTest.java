package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.testkit.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  private Commands commands(FakePrograms programs, Duration limit) {
    return new Commands(programs.environment(), limit, log::add);
  }

  @Test
  void bothStreamsAreReadWholeAndTheExitCodeIsKept() {
    FakePrograms programs =
        new FakePrograms(folder).with("talk", "seq 100000\nseq 100000 >&2\nexit 3");

    CommandResult result =
        commands(programs, Duration.ofSeconds(30)).run(List.of("talk", "a b", "c"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stdout().lines()).hasSize(100_000);
    assertThat(result.stderr().lines()).hasSize(100_000);
    assertThat(programs.calls()).containsExactly("talk a b c");
  }

  @Test
  void everyCommandIsOneLineOfTheLog() {
    FakePrograms programs = new FakePrograms(folder).with("talk", "exit 3");

    commands(programs, Duration.ofSeconds(30)).run(List.of("talk", "x"));

    assertThat(log).singleElement().asString().matches("talk x: exit 3 in \\d+ ms");
  }

  @Test
  void commandThatTakesTooLongIsKilledWithItsChildren() throws Exception {
    Path pid = folder.resolve("pid");
    FakePrograms programs =
        new FakePrograms(folder)
            .with("hang", "sleep 300 & echo $! >" + pid + "\necho so far >&2\nwait");

    assertThatThrownBy(() -> commands(programs, Duration.ofSeconds(1)).run(List.of("hang", "now")))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("`hang now` did not end within 1 s")
        .hasMessageContaining("cmd_timeout")
        .hasMessageContaining("so far");

    long child = Long.parseLong(Files.readString(pid).strip());
    Deadline.in(Duration.ofSeconds(20))
        .await(
            "the child is killed",
            () -> ProcessHandle.of(child).map(handle -> !handle.isAlive()).orElse(true));
  }

  @Test
  void pipeThatAChildHoldsOpenIsNotWaitedForBeyondTheLimit() {
    FakePrograms programs =
        new FakePrograms(folder).with("leave", "echo done\nsleep 300 & echo $! >&2");

    CommandResult result = commands(programs, Duration.ofSeconds(1)).run(List.of("leave"));

    assertThat(result.stdout()).isEqualTo("done\n");
    ProcessHandle.of(Long.parseLong(result.stderr().strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void programThatIsNotThereIsNamedWithThePath() {
    Commands commands = new Commands(Map.of("PATH", "/nowhere"), Duration.ofSeconds(1), log::add);

    assertThatThrownBy(() -> commands.run(List.of("sbatch")))
        .isInstanceOf(ProviderException.class)
        .hasMessage(
            "there is no program sbatch on PATH=/nowhere; install it, load its module, or put its folder on PATH");
  }
}
