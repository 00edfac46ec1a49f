package fonio.memo;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.memo.Commits.Mode;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;
  private Path file = Path.of("unset");
  private final Semaphore answers = new Semaphore(0);
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void name() {
    file = folder.resolve("deep").resolve("state.db");
  }

  private Store store(Mode mode) {
    return new Store(
        file, new Commits(mode, Duration.ofHours(1)), answers::release, this::complained);
  }

  private synchronized void complained(String text) {
    complaints.add(text);
  }

  private synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Asks for a key and waits for the answer. */
  private String find(Store store, String key) throws InterruptedException {
    Map<Long, Optional<byte[]>> found = new TreeMap<>();
    store.lookUp(7, bytes(key));
    while (found.isEmpty()) {
      assertThat(answers.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      store.poll(found::put);
    }
    return found.get(7L).map(b -> new String(b, StandardCharsets.UTF_8)).orElse("nothing");
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      while (results.next()) {
        rows.add(results.getString(1));
      }
    }
    return rows;
  }

  @Test
  void resultIsFoundAgainByTheNextRun() throws Exception {
    try (Store first = store(Mode.EACH)) {
      assertThat(find(first, "key")).isEqualTo("nothing");
      first.keep(bytes("key"), "f", bytes("value"));
      first.keep(bytes("empty"), "f", new byte[0]);
    }
    try (Store second = store(Mode.EACH)) {
      assertThat(find(second, "key")).isEqualTo("value");
      assertThat(find(second, "empty")).isEmpty();
      assertThat(find(second, "other")).isEqualTo("nothing");
    }
    assertThat(complaints()).isEmpty();
  }

  @Test
  void storeThatIsNotUsedMakesNoFile() {
    store(Mode.EACH).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void firstResultOfAKeyStays() throws Exception {
    try (Store store = store(Mode.EACH)) {
      store.keep(bytes("key"), "f", bytes("first"));
      store.keep(bytes("key"), "f", bytes("second"));
    }
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "key")).isEqualTo("first");
    }
  }

  @Test
  void resultThatTakesThePlaceOfAnotherIsFound() throws Exception {
    try (Store store = store(Mode.EACH)) {
      store.keep(bytes("key"), "f", bytes("first"));
      store.keep(bytes("key"), "f", bytes("second"), true);
      assertThat(find(store, "key")).isEqualTo("second");
    }
    try (Store store = store(Mode.EACH)) {
      store.keep(bytes("key"), "f", bytes("third"), true);
    }
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "key")).isEqualTo("third");
    }
  }

  @Test
  void databaseThatAnotherHasLockedIsWaitedFor() throws Exception {
    try (Store store = store(Mode.EACH)) {
      store.keep(bytes("key"), "f", bytes("value"));
    }
    try (Store store = store(Mode.EACH);
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      store.lookUp(7, bytes("key"));
      assertThat(answers.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
      statement.execute("COMMIT");
      assertThat(find(store, "key")).isEqualTo("value");
    }
    assertThat(complaints()).isEmpty();
  }

  @Test
  void keptResultIsFoundAtOnceAndByOthersWhenItIsCommitted() throws Exception {
    try (Store one = store(Mode.MANUAL);
        Store other = store(Mode.MANUAL)) {
      one.keep(bytes("key"), "f", bytes("value"));
      assertThat(find(one, "key")).isEqualTo("value");
      assertThat(find(other, "key")).isEqualTo("nothing");
      one.commit(told -> {});
      String found = "nothing";
      Deadline deadline = Deadline.in(Duration.ofSeconds(20));
      while (found.equals("nothing")) {
        deadline.check("the value of another store");
        found = find(other, "key");
      }
      assertThat(found).isEqualTo("value");
    }
  }

  /** Asks for a commit and waits until it is told; what was told. */
  private String commit(Store store) throws InterruptedException {
    List<String> told = new ArrayList<>();
    store.commit(told::add);
    while (told.isEmpty()) {
      assertThat(answers.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      store.tellCommits();
    }
    return told.getFirst();
  }

  @Test
  void commitIsToldWhenTheResultIsOnDisk() throws Exception {
    try (Store store = store(Mode.MANUAL)) {
      store.keep(bytes("key"), "f", bytes("value"));
      assertThat(commit(store)).isEmpty();
      assertThat(rows("SELECT function FROM memo")).containsExactly("f");
    }
  }

  @Test
  void commitThatCannotBeDurableIsToldWhy() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is not a database, and long enough to be taken for none");
    try (Store store = store(Mode.MANUAL)) {
      store.keep(bytes("key"), "f", bytes("value"));
      assertThat(commit(store)).contains("state.db");
    }
  }

  @Test
  void manualKeepsNothingThatWasNotAskedFor() throws Exception {
    try (Store store = store(Mode.MANUAL)) {
      store.keep(bytes("key"), "f", bytes("value"));
    }
    try (Store store = store(Mode.MANUAL)) {
      assertThat(find(store, "key")).isEqualTo("nothing");
    }
  }

  @Test
  void periodAndEndKeepWhatIsLeftAtTheEnd() throws Exception {
    for (Mode mode : List.of(Mode.PERIODIC, Mode.AT_END)) {
      try (Store store = store(mode)) {
        store.keep(bytes(mode.name()), "f", bytes("value"));
      }
      try (Store store = store(mode)) {
        assertThat(find(store, mode.name())).isEqualTo("value");
      }
    }
  }

  @Test
  void twoRunsWriteOneFileAtTheSameTime() throws Exception {
    int each = 2000;
    try (Store one = store(Mode.EACH);
        Store two = store(Mode.EACH)) {
      for (int i = 0; i < each; i++) {
        one.keep(bytes("one" + i), "f", bytes("v" + i));
        two.keep(bytes("two" + i), "f", bytes("v" + i));
        two.keep(bytes("both" + i), "f", bytes("v" + i));
        one.keep(bytes("both" + i), "f", bytes("v" + i));
      }
    }
    assertThat(complaints()).isEmpty();
    assertThat(rows("SELECT count(*) FROM memo")).containsExactly(Integer.toString(3 * each));
  }

  @Test
  void fileThatIsNoDatabaseIsReportedOnceAndLeftAlone() throws Exception {
    Files.createDirectories(file.getParent());
    String text = "this is no database, but somebody's thesis ".repeat(100);
    Files.writeString(file, text);
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "a")).isEqualTo("nothing");
      store.keep(bytes("a"), "f", bytes("value"));
      assertThat(find(store, "a")).isEqualTo("nothing");
    }
    assertThat(complaints()).singleElement().asString().contains(file.toString(), "move the file");
    assertThat(file).hasContent(text);
  }

  @Test
  void damagedDatabaseIsReportedAndTheRunGoesOn() throws Exception {
    try (Store store = store(Mode.EACH)) {
      for (int i = 0; i < 2000; i++) {
        store.keep(bytes("key" + i), "f", bytes("value".repeat(20)));
      }
    }
    byte[] all = Files.readAllBytes(file);
    for (int i = 4096; i < all.length; i++) {
      all[i] = (byte) (i * 31);
    }
    Files.write(file, all);
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "key7")).isEqualTo("nothing");
      assertThat(find(store, "key8")).isEqualTo("nothing");
    }
    assertThat(complaints()).hasSize(1);
  }

  @Test
  void folderThatCannotBeMadeIsReported() throws Exception {
    Files.writeString(folder.resolve("deep"), "a file stands here");
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "key")).isEqualTo("nothing");
    }
    assertThat(complaints()).hasSize(1);
  }

  @Test
  void runAndItsFailuresAreInTheHistory() throws Exception {
    try (Store store = store(Mode.MANUAL)) {
      store.begin(new RunRecord("runs/001", 1000, 0, ""));
      store.failed(new FailedTask("runs/001", 5, "dock", "FAILED", "no receptor"));
      store.finish(new RunRecord("runs/001", 1000, 2000, "tasks=5\n"));
    }
    assertThat(rows("SELECT folder || started || ended || account FROM runs"))
        .containsExactly("runs/00110002000tasks=5\n");
    assertThat(rows("SELECT task || function || ending || error FROM failures"))
        .containsExactly("5dockFAILEDno receptor");
  }

  @Test
  void resultsThatWereCommittedSurviveAKilledProcess() throws Exception {
    Process process = victim();
    try (var out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("durable");
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(137);
    try (Store store = store(Mode.EACH)) {
      assertThat(find(store, "key0")).isEqualTo("value");
      assertThat(find(store, "key99")).isEqualTo("value");
    }
    assertThat(complaints()).isEmpty();
  }

  private Process victim() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("jdk.module.path", "")
                + ":"
                + System.getProperty("java.class.path")
                + ":"
                + location(StoreVictim.class)
                + ":"
                + location(Store.class),
            StoreVictim.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
