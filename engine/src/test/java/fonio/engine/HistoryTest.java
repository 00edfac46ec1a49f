package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.kernel.Ending;
import fonio.memo.Commits;
import fonio.memo.FailedTask;
import fonio.memo.PastFailures;
import fonio.memo.Store;
import fonio.transport.Segments;
import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest extends EngineFixture {
  private static final int FRAGILE = 9;
  private static final String RAISED = "\u0012\0ValueError: no map, and its pickle";

  @Test
  void shortRunWithoutFailuresIsInItsFolderAlone() throws IOException {
    Files.createDirectories(run());
    try (Store store = store()) {
      history(store).finish();
    }
    assertThat(database()).doesNotExist();
    assertThat(run().resolve("run.properties")).content().contains("ended=", "submitted=0");
  }

  @Test
  void runThatFailsAtSomethingIsKeptThoughItsFolderIsGone() throws IOException {
    try (Store store = store()) {
      History history = history(store);
      assertThat(history.doWork()).isZero();
      history.failed(3, "dock", Ending.FAILED, () -> "no receptor");
      history.finish();
    }
    assertThat(reasons()).containsExactly("3 dock FAILED no receptor");
    assertThat(Files.readString(database(), StandardCharsets.ISO_8859_1)).contains("submitted=0");
  }

  @Test
  void everyTaskThatHasNoResultIsKeptWithItsReason() {
    try (Store store = store()) {
      dataflow.history(history(store), new Reasons(segments()));
      dataflow.define(
          new ClassDefinition(FRAGILE, 1, Map.of("name", "fragile", "on_worker_lost", "fail")));
      submit(PLAIN, 1);
      submit(PLAIN, 2, 1);
      submit(PLAIN, 3, 2);
      submit(FRAGILE, 4);
      submit(FRAGILE, 5, 4);
      submit(PLAIN, 6);
      submit(PLAIN, 7);
      exchange();
      take();
      answer(1, Status.ERROR, RAISED);
      dataflow
          .reports()
          .lost(
              4, attempt(4), new Fault("WorkerLost", "worker 0 died", Map.of("stderr", "boom\n")));
      dataflow
          .reports()
          .failed(6, attempt(6), new Fault("AppTimeout", "plain took more than 10 ms", Map.of()));
      answer(7, Status.OK, "fine");
    }
    assertThat(reasons())
        .containsExactly(
            "1 plain FAILED ValueError: no map",
            "2 plain DEPENDENCY_FAILED plain <- plain (task 1): ValueError: no map",
            "3 plain DEPENDENCY_FAILED plain <- plain <- plain (task 1): ValueError: no map",
            "4 fragile LOST WorkerLost: worker 0 died\nboom",
            "5 fragile DEPENDENCY_FAILED fragile <- fragile (task 4): WorkerLost: worker 0 died\nboom",
            "6 plain FAILED AppTimeout: plain took more than 10 ms");
  }

  @Test
  void exceptionThatIsTooLargeForAFrameIsKeptByItsHeadline() {
    byte[] payload = RAISED.repeat(5_000).getBytes(StandardCharsets.UTF_8);
    byte[] reference = new byte[SegmentReference.BYTES];
    segments().store(payload, 0, payload.length).encode(reference, 0);
    try (Store store = store()) {
      dataflow.history(history(store), new Reasons(segments()));
      submit(PLAIN, 1);
      exchange();
      take();
      answer(1, attempt(1), Status.ERROR, reference, Length.SEGMENT);
    }
    assertThat(reasons()).containsExactly("1 plain FAILED ValueError: no map");
  }

  @Test
  void longReasonIsKeptByItsBeginning() {
    try (Store store = store()) {
      dataflow.history(history(store), new Reasons(segments()));
      submit(PLAIN, 1);
      exchange();
      take();
      dataflow
          .reports()
          .failed(1, attempt(1), new Fault("AppTimeout", "x".repeat(9_000), Map.of()));
    }
    assertThat(reasons()).containsExactly("1 plain FAILED AppTimeout: " + "x".repeat(1_988));
  }

  @Test
  void elementsOfAMapCountInsteadOfTheirChunkAndSayWhyTheyFailed() throws IOException {
    Files.createDirectories(run());
    try (Store store = store()) {
      History history = history(store);
      dataflow.history(history, new Reasons(segments()));
      submit(PLAIN, 1);
      exchange();
      take();
      answer(1, Status.OK, "ten results, of which three are errors");
      elements(0, 0, "tasks=9\nsucceeded=6\nfailed=3\n");
      elements(PLAIN, 1, "error=ValueError: 5\\nthe first of 3\n");
      exchange();
      history.finish();
    }
    assertThat(run().resolve("run.properties"))
        .content()
        .contains("submitted=10\nsucceeded=7\nfailed=3\ncancelled=0\n");
    assertThat(reasons()).containsExactly("1 plain FAILED ValueError: 5\nthe first of 3");
  }

  @Test
  void countThatIsNoNumberEndsTheSessionByName() {
    elements(0, 0, "failed=many\n");
    assertThat(exchange()).last().asString().startsWith("ProtocolError").contains("failed=many");
  }

  private void elements(int classId, int chunk, String lines) {
    say.frame(Kind.ELEMENTS, classId, 0, chunk, lines.getBytes(StandardCharsets.UTF_8));
  }

  private int attempt(long task) {
    return dataflow.kernel().attempt(task);
  }

  private List<String> reasons() {
    return PastFailures.of(database(), "001").stream().map(HistoryTest::line).toList();
  }

  private static String line(FailedTask task) {
    return "%d %s %s %s".formatted(task.task(), task.function(), task.ending(), task.error());
  }

  private History history(Store store) {
    return new History(run(), store, () -> account.entries(0, 2, 0, 0, 0), () -> 0);
  }

  private Store store() {
    Commits commits = new Commits(Commits.Mode.EACH, Duration.ofSeconds(1));
    return new Store(database(), commits, () -> {}, _ -> {});
  }

  private Segments segments() {
    return new Segments(folder, folder.resolve("spill"), 2);
  }

  private Path run() {
    return folder.resolve("runs/001");
  }

  private Path database() {
    return folder.resolve("state.db");
  }
}
