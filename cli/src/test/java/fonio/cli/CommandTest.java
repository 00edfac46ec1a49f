package fonio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.memo.Commits;
import fonio.memo.FailedTask;
import fonio.memo.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CommandTest {
  private static final List<String> ALL =
      List.of(
          "run",
          "doctor",
          "bench",
          "runs",
          "logs",
          "status",
          "explain",
          "stop",
          "hold",
          "release",
          "verbose",
          "quiet",
          "drain",
          "kill",
          "interchange",
          "manager");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path home;

  @Test
  void helpNamesEveryCommandAndExitCode() {
    assertThat(call("--help")).isZero();
    assertThat(out.toString())
        .contains("run ", "doctor ", "bench ", "runs ", "logs ", "130", "interrupted")
        .contains("status ", "explain ", "stop ", "manager ");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : ALL) {
      assertThat(call(command, "--help")).as(command).isZero();
    }
  }

  @Test
  void anUnknownWordIsAUsageErrorThatNamesItAndWhatItMayBe() {
    assertThat(call("rum")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("does not know rum", "run", "See: fonio --help");
  }

  @Test
  void anUnknownOptionIsAUsageErrorOfItsCommand() {
    assertThat(call("doctor", "--jsn")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("fonio doctor does not know --jsn", "See: fonio doctor");
  }

  @Test
  void noWordAtAllIsAUsageErrorThatListsTheCommands() {
    assertThat(call()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Usage: fonio", "doctor ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpOfACommandIsFoundFromBothEnds() {
    call("help", "logs");
    String asWord = out.toString();
    out.getBuffer().setLength(0);
    call("logs", "--help");
    assertThat(asWord).isEqualTo(out.toString()).contains("fonio logs 17");
  }

  @Test
  void runWithoutTheScriptSaysWhatToRunInstead() {
    assertThat(call("run", "job.py")).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("run that instead").hasLineCount(1);
  }

  @Test
  void doctorFindsThisJdkAndTellsMachinesTheSame() {
    call("doctor");
    assertThat(out.toString())
        .contains(System.getProperty("java.home"), "/dev/shm", "KVM", "Slurm");
    out.getBuffer().setLength(0);
    call("doctor", "--json");
    JsonNode findings = JsonMapper.shared().readTree(out.toString());
    assertThat(findings.findValuesAsString("name")).contains("JDK", "Python", "cores", "ssh");
    assertThat(findings.get(1).get("needed").asBoolean()).isTrue();
  }

  @Test
  void runsOfAFreshFolderAreNone() {
    assertThat(call("runs", "--home", home.toString())).isZero();
    assertThat(out.toString()).contains("No runs in " + home);
  }

  @Test
  void aRunThatEndedIsTellingItsAccount() throws IOException {
    run("000", "started=1000\nended=3500\nsubmitted=12\nfailed=2\nwall_ns=2500000000\nwork_ns=0\n");
    call("runs", "--home", home.toString());
    assertThat(out.toString().lines().skip(1).findFirst().orElse(""))
        .startsWith("000")
        .containsPattern("ended +12 +2 +0 +2\\.5 +0\\.0");
  }

  @Test
  void aRunWithoutAnEndWhoseClientIsGoneWasKilled() throws IOException {
    Path folder = run("003", null);
    Files.writeString(
        folder.resolve("engine.properties"), "client_pid=999999999\nsegments=/nope\n");
    call("runs", "--home", home.toString(), "--json");
    assertThat(JsonMapper.shared().readTree(out.toString()).get(0).get("state").asString())
        .isEqualTo("killed");
  }

  @Test
  void aDurableRunGoesOnAsLongAsAnEngineHasItsJournal() throws IOException {
    Path journal = Files.createDirectory(run("003", null).resolve("journal"));
    assertThat(stateOf003()).isEqualTo("resumable");
    try (FileChannel lock =
            FileChannel.open(
                journal.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(stateOf003()).isEqualTo("kept");
      Files.writeString(
          journal.resolveSibling("engine.properties"),
          "client_pid=" + ProcessHandle.current().pid() + "\nsegments=" + home + "\n");
      assertThat(stateOf003()).isEqualTo("running");
    }
  }

  @Test
  void aDurableRunThatAnotherProgramHasTakenUpHasAProgram() throws IOException {
    Path journal = Files.createDirectory(run("003", null).resolve("journal"));
    Files.writeString(
        journal.resolveSibling("engine.properties"),
        "client_pid=999999999\nsegments=" + home + "\n");
    try (FileChannel lock =
            FileChannel.open(
                journal.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(stateOf003()).isEqualTo("kept");
      Path client = journal.resolveSibling("client.lock");
      Files.writeString(client, "" + ProcessHandle.current().pid());
      assertThat(stateOf003()).isEqualTo("running");
      Files.writeString(client, "999999999");
      assertThat(stateOf003()).isEqualTo("kept");
    }
  }

  private String stateOf003() {
    out.getBuffer().setLength(0);
    call("runs", "--home", home.toString(), "--json");
    return JsonMapper.shared().readTree(out.toString()).get(0).get("state").asString();
  }

  @Test
  void aRunWhoseClientLivesIsRunning() throws IOException {
    Path folder = run("003", null);
    Files.writeString(
        folder.resolve("engine.properties"),
        "client_pid=" + ProcessHandle.current().pid() + "\nsegments=" + home + "\n");
    call("runs", "--home", home.toString());
    assertThat(out.toString()).contains("003").containsPattern("running +- +- +- +- +-");
  }

  @Test
  void logsOfAWorkerAreWhatItPrinted() throws IOException {
    Path workers = Files.createDirectory(run("000", "ended=1\n").resolve("workers"));
    Files.writeString(workers.resolve("direct-w0.out"), "docked\n");
    Files.writeString(workers.resolve("direct-w0.err"), "careful\n");
    Files.writeString(workers.resolve("direct-w1.out"), "other\n");
    assertThat(call("logs", "direct-w0", "--home", home.toString())).isZero();
    assertThat(out.toString()).contains("docked", "careful").doesNotContain("other");
  }

  @Test
  void logsOfAWorkerThatIsNotThereNameItAndTheFolder() throws IOException {
    run("000", "ended=1\n");
    assertThat(call("logs", "direct-w9", "--home", home.toString()))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("direct-w9", home.toString()).hasLineCount(1);
  }

  @Test
  void whatAWorkerPrintedNeedNotBeText() throws IOException {
    Path workers = Files.createDirectory(run("000", "ended=1\n").resolve("workers"));
    Files.write(workers.resolve("direct-w0.out"), new byte[] {(byte) 0xe4, 'o', 'k', '\n'});
    assertThat(call("logs", "direct-w0", "--home", home.toString())).isZero();
    assertThat(out.toString()).isEqualTo("\ufffdok\n");
  }

  @Test
  void aRunWithoutAnEngineLogSaysWhichFileIsMissing() throws IOException {
    run("000", "ended=1\n");
    assertThat(call("logs", "engine", "--home", home.toString())).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("engine.log is not there", "--run").hasLineCount(1);
  }

  @Test
  void logsOfAFolderWithoutRunsSayHowToGetOne() {
    assertThat(call("logs", "--home", home.toString())).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("there is no run in " + home).hasLineCount(1);
  }

  @Test
  void aRunThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    run("000", "ended=1\n");
    run("004", "ended=1\n");
    assertThat(call("logs", "--run", "9", "--home", home.toString()))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("no run 9", "000 to 004");
  }

  @Test
  void aDamagedDatabaseIsNamed() throws IOException {
    run("000", "ended=1\n");
    Files.writeString(home.resolve("state.db"), "this is no database, but long enough to be read");
    assertThat(call("logs", "--home", home.toString())).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString()).contains("state.db could not be read");
  }

  @Test
  void settingsOfARunNameTheFolderAndWhatMeansNothingIsAUsageError() throws IOException {
    run("000", "ended=1\n");
    assertThat(call("runs", "--set", "run_dir=" + home)).isZero();
    assertThat(out.toString()).contains("000");
    assertThat(call("logs", "--set", "run_dir=" + home)).isZero();
    assertThat(call("runs", "--set", "run_dri=" + home)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no key run_dri").hasLineCount(1);
  }

  @Test
  void aPortThatIsTakenIsAUsageErrorInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(call("interchange", "--home", home.toString(), "--clear", "--port", port))
          .isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains(port, "in use; name another port").hasLineCount(1);
    }
  }

  @Test
  void logsOfATaskSayWhyItFailedWithItsTracebackIfThatIsKept() throws IOException {
    Path folder = run("000", "ended=1\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("workers")).resolve("direct-w0.errors"),
        "task 7: ValueError: no map\n  in dock\ntask 8: ValueError: no map\n  in dock\n");
    try (Store store = store()) {
      store.failed(new FailedTask(folder.toString(), 7, "dock", "FAILED", "ValueError: no map"));
      store.failed(new FailedTask(folder.toString(), 8, "dock", "LOST", "WorkerLost: signal 9"));
    }
    assertThat(call("logs", "--home", home.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            task 7  dock  FAILED
              ValueError: no map
              in dock
            task 8  dock  LOST
              WorkerLost: signal 9
            """);
  }

  private Store store() {
    Commits commits = new Commits(Commits.Mode.EACH, Duration.ofSeconds(1));
    return new Store(home.resolve("state.db"), commits, () -> {}, _ -> {});
  }

  private Path run(String number, String end) throws IOException {
    Path folder = Files.createDirectories(home.resolve("runs").resolve(number));
    if (end != null) {
      Files.writeString(folder.resolve("run.properties"), end);
    }
    return folder;
  }

  private int call(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
