package fonio.executors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Limits;
import fonio.wire.MalformedFrameException;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneResultsTest {
  private static final byte[] LOST = new Fault("WorkerLost", "it died", Map.of()).encode();
  private static final String LARGE = "x".repeat(Limits.MAX_INLINE_BYTES + 1);
  private static final String SMALL = "y".repeat(Limits.MAX_INLINE_BYTES);

  @TempDir Path folder;
  private final HeardOutcomes outcomes = new HeardOutcomes(this::text);
  private final ByteQueue queue = new ByteQueue();
  private Segments segments;
  private LaneResults results;

  @BeforeEach
  void start() {
    segments = new Segments(folder, folder, 1);
    results = new LaneResults(outcomes, segments);
  }

  /** A short payload as it is, a long one by its first letter, length and place. */
  private String text(FrameView frame, int i) {
    if (!frame.isSegment(i)) {
      return shortened(new String(frame.array(), frame.payloadOffset(i), frame.length(i), UTF_8));
    }
    SegmentReference reference = SegmentReference.decode(frame.array(), frame.payloadOffset(i));
    try {
      return "segment of " + shortened(Files.readString(segments.path(reference.segment())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shortened(String text) {
    return text.length() < 10 ? text : text.charAt(0) + " times " + text.length();
  }

  private void take(int[] statuses, byte[]... payloads) {
    int count = payloads.length;
    long[] tasks = new long[count];
    int[] lengths = new int[count];
    byte[] column = new byte[count];
    int[] attempts = new int[count];
    for (int i = 0; i < count; i++) {
      tasks[i] = 10L + i;
      lengths[i] = payloads[i].length;
      column[i] = (byte) statuses[i];
      attempts[i] = i;
    }
    queue.clear();
    FrameWriter writer = new FrameWriter(queue);
    writer.begin(Kind.RESULTS, 0, count, 10).lengths(lengths, 0).statuses(column, 0).ranNanos(77);
    for (byte[] payload : payloads) {
      writer.payload(payload, 0, payload.length);
    }
    writer.end();
    FrameView frame = new FrameView();
    frame.next(queue);
    results.take(frame, tasks, attempts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void resultsOfWorkersAreToldAsTheyCame() throws IOException {
    take(new int[] {Status.OK, Status.ERROR, Status.SKIPPED}, bytes("a"), bytes("b"), bytes(""));
    assertThat(outcomes.take())
        .containsExactly("OK 10/0 a", "ERROR 11/1 b", "SKIPPED 12/2 ", "ran 77");
    assertThat(files()).isZero();
  }

  @Test
  void payloadThatIsTooLargeForAFrameHereGoesIntoASegment() throws IOException {
    take(new int[] {0, 0, Status.ERROR, 0}, bytes("a"), bytes(LARGE), bytes(LARGE), bytes(SMALL));
    assertThat(outcomes.take())
        .containsExactly(
            "OK 10/0 a",
            "OK 11/1 segment of x times 65537",
            "ERROR 12/2 segment of x times 65537",
            "OK 13/3 y times 65536",
            "ran 77");
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void manySmallPayloadsStayWhereTheyAre() throws IOException {
    take(new int[] {0, 0}, bytes(SMALL), bytes(SMALL));
    assertThat(outcomes.take())
        .containsExactly("OK 10/0 y times 65536", "OK 11/1 y times 65536", "ran 77");
    assertThat(files()).isZero();
  }

  @Test
  void whatAPoolTellsByACallIsToldByThatCall() {
    take(new int[] {Status.LOST, Status.LOST}, LOST, LOST);
    assertThat(outcomes.take()).containsExactly("lost 10/0 WorkerLost", "lost 11/1 WorkerLost");
    take(new int[] {Status.FAULT}, LOST);
    assertThat(outcomes.take()).containsExactly("failed 10/0 WorkerLost");
    take(new int[] {Status.CANCELLED, Status.CANCELLED}, new byte[0], new byte[0]);
    assertThat(outcomes.take()).containsExactly("killed 10/0", "killed 11/1");
  }

  @Test
  void frameOfSeveralSuchStatusesTellsOfNoTask() {
    assertThatThrownBy(() -> take(new int[] {Status.LOST, Status.OK}, LOST, bytes("a")))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("LOST stands beside OK in one frame");
    assertThatThrownBy(() -> take(new int[] {Status.OK, Status.FAULT}, bytes("a"), LOST))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("FAULT stands beside OK in one frame");
    assertThat(outcomes.take()).isEmpty();
  }

  @Test
  void faultThatIsNoTextTellsOfNoTask() {
    byte[] strange = {(byte) 0xFF, (byte) 0xFE};
    assertThatThrownBy(() -> take(new int[] {Status.FAULT, Status.FAULT}, LOST, strange))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("are not UTF-8");
    assertThat(outcomes.take()).isEmpty();
  }
}
