package fonio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LiveRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path home;

  private int call(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--home";
    all[words.length + 1] = home.toString();
    return line.execute(all);
  }

  private Path run(String number, String keys) throws IOException {
    Path folder = Files.createDirectories(home.resolve("runs").resolve(number));
    Files.writeString(folder.resolve("engine.properties"), keys);
    return folder;
  }

  private static String alive(Path segments) {
    return "client_pid=" + ProcessHandle.current().pid() + "\nsegments=" + segments + "\n";
  }

  @Test
  void withoutARunStatusSaysSoAndWhatToDo() {
    assertThat(call("status")).isZero();
    assertThat(out.toString()).contains("no run goes on in " + home, "--home");
  }

  @Test
  void withoutARunStatusForMachinesIsAnEmptyList() {
    assertThat(call("status", "--json")).isZero();
    assertThat(out.toString().replaceAll("\\s", "")).isEqualTo("[]");
  }

  @Test
  void aTaskOfNoRunCannotBeExplained() {
    assertThat(call("explain", "17")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("no run goes on").hasLineCount(1);
  }

  @Test
  void aTaskIsNamedByItsNumber() {
    assertThat(call("explain", "dock")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("dock", "See: fonio explain --help");
  }

  @Test
  void aRunIsStoppedByItsNumberOnly() {
    assertThat(call("stop")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("RUN");
  }

  @Test
  void aRunThatWasKilledCannotBeStopped() throws IOException {
    run("003", "client_pid=999999999\nsegments=/nope\n");
    assertThat(call("stop", "3")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString())
        .contains("run 003 does not go on (killed)", "fonio logs --run 003")
        .hasLineCount(1);
  }

  @Test
  void aRunOfAProgramWithItsEngineInsideHasNoSocket() throws IOException {
    run("003", alive(home));
    assertThat(call("status", "3")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("run 003 has no control socket");
    assertThat(call("status")).isZero();
    assertThat(out.toString()).contains("run 003 has no control socket");
  }

  @Test
  void anEngineThatDoesNotAnswerIsNamed() throws IOException {
    Files.createFile(home.resolve("control.sock"));
    run("003", alive(home));
    assertThat(call("status", "3")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString())
        .contains("the engine of run 003 does not answer", "fonio logs engine --run 003");
  }
}
