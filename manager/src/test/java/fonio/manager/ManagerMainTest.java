package fonio.manager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerMainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    token = Files.writeString(folder.resolve("token"), ScriptedInterchange.TOKEN + "\n");
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void end() {
    System.setErr(before);
  }

  private void isUsageError(String why, String... words) {
    assertThat(ManagerMain.run(List.of(words))).isEqualTo(2);
    assertThat(said.toString(UTF_8))
        .startsWith("fonio manager: " + why)
        .contains("usage: manager --connect HOST:PORT");
  }

  @Test
  void wordThatIsMissingIsNamed() {
    isUsageError("--connect HOST:PORT is missing", "--token-file", token.toString());
    said.reset();
    isUsageError("--token-file FILE is missing", "--connect", "localhost:1");
  }

  @Test
  void wordThatIsUnknownIsNamed() {
    isUsageError("--conect is unknown", "--conect", "localhost:1");
  }

  @Test
  void wordWithoutItsValueIsNamed() {
    isUsageError("--connect needs a value", "--connect");
  }

  @ParameterizedTest
  @CsvSource({"localhost", ":80", "localhost:", "localhost:http", "localhost:65536"})
  void addressThatIsNoneIsNamed(String address) {
    isUsageError(
        "--connect " + address + " is not HOST:PORT",
        "--connect",
        address,
        "--token-file",
        token.toString());
  }

  @Test
  void tokenFileThatIsNotThereIsNamed() {
    isUsageError(
        "--token-file /no/such/file cannot be read",
        "--connect",
        "localhost:1",
        "--token-file",
        "/no/such/file");
  }

  @ParameterizedTest
  @CsvSource({"soon", "0", "-5", "NaN"})
  void walltimeThatIsNoTimeIsNamed(String walltime) {
    isUsageError(
        "--walltime " + walltime + " is not a number of seconds above 0",
        "--connect",
        "localhost:1",
        "--token-file",
        token.toString(),
        "--walltime",
        walltime);
  }

  @Test
  void helpIsNoError() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      assertThat(ManagerMain.run(List.of("--help"))).isZero();
    } finally {
      System.setOut(out);
    }
    assertThat(said.toString(UTF_8)).startsWith("usage: manager");
  }

  /** A manager process's work, in a thread. */
  private CompletableFuture<Integer> run(ScriptedInterchange interchange) {
    List<String> words =
        List.of(
            "--connect",
            "127.0.0.1:" + interchange.port(),
            "--token-file",
            token.toString(),
            "--name",
            "m1");
    return CompletableFuture.supplyAsync(
        () -> ManagerMain.run(words), task -> new Thread(task, "manager").start());
  }

  private void cannotRun(String key, String value, String why) throws Exception {
    try (ScriptedInterchange interchange = new ScriptedInterchange(folder)) {
      CompletableFuture<Integer> code = run(interchange);
      try (Session session = interchange.accept()) {
        Map<String, String> entries = interchange.entries(false);
        entries.put(key, value);
        session.welcome(entries);
        session.until("it ends", () -> session.gone);
        session.heard.removeIf(line -> line.startsWith("LOG ") || line.startsWith("CAPACITY "));
        assertThat(session.heard)
            .singleElement()
            .asString()
            .startsWith("FAULT ")
            .contains(why)
            .doesNotContain("\n");
      }
      assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(3);
      assertThat(said.toString(UTF_8)).startsWith("fonio manager m1: ").contains(why);
    }
  }

  @Test
  void folderThatTheNodeDoesNotHaveIsAFault() throws Exception {
    cannotRun("cwd", "/no/such/folder", "the working directory /no/such/folder does not exist");
  }

  @Test
  void workersThatEndBeforeTheyAreReadyAreThoseOfTheManager() throws Exception {
    cannotRun("command.0", "/bin/false", "the workers of manager m1 end before they are ready");
  }

  @Test
  void nodeWithTooFewCoresIsAFault() throws Exception {
    cannotRun("cores_per_worker", "100000", "too little for one worker of cores_per_worker=100000");
  }

  @Test
  void orderThatIsNoNumberIsAFault() throws Exception {
    cannotRun("credit_us", "many", "credit_us=many is no whole number");
  }

  @Test
  void programThatDoesNotExistIsAFault() throws Exception {
    cannotRun("command.0", "/no/such/python", "/no/such/python");
  }

  @Test
  void refusalIsToldInTheInterchangesWords() throws Exception {
    try (ScriptedInterchange interchange = new ScriptedInterchange(folder)) {
      CompletableFuture<Integer> code = run(interchange);
      try (Session session = interchange.accept()) {
        session.refuse("its token is not that of this run");
        session.until("it ends", () -> session.gone);
        assertThat(session.heard).isEmpty();
      }
      assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(3);
      assertThat(said.toString(UTF_8))
          .isEqualTo(
              "fonio manager m1: refused by the interchange: its token is not that of this run\n");
    }
  }
}
