package fonio.executors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.HeldReference;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to another machine has its bytes with it, whether they were in a segment or not. */
class RemotePayloadsTest {
  private static final String LARGE = "segment".repeat(20_000);

  @TempDir Path folder;
  private Segments segments;
  private RemotePayloads payloads;
  private SegmentReference reference;
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView frame = new FrameView();

  @BeforeEach
  void start() {
    segments = new Segments(folder, folder, 1);
    reference = segments.store(LARGE.getBytes(UTF_8), 0, LARGE.length());
    payloads = new RemotePayloads(new Local(), segments, parent -> -1);
  }

  private String tasks(long... tasks) {
    TaskFrames frames = new TaskFrames(payloads, 16);
    assertThat(frames.measure(tasks, 0, tasks.length)).isEqualTo(tasks.length);
    frames.write(writer, 1, tasks, 0);
    assertThat(frame.next(queue)).isTrue();
    return frame.blobText();
  }

  @Test
  void argumentsAndResultsInSegmentsTravelWithTheirBytes() {
    assertThat(tasks(1, 2)).isEqualTo("a1" + LARGE + LARGE);
    assertThat(frame.isSegment(1)).isFalse();
    assertThat(frame.length(1)).isEqualTo(LARGE.length());
    assertThat(frame.parentLength(0)).isEqualTo(LARGE.length());
  }

  @Test
  void smallOnesAreCopiedAsTheyAre() {
    assertThat(tasks(1, 3, 5)).isEqualTo("a1a3a5");
    assertThat(payloads.argumentLength(3)).isEqualTo(2);
  }

  @Test
  void resultsThatTheReceiverKeepsAreNamed() {
    payloads = new RemotePayloads(new Local(), segments, parent -> LARGE.length());
    assertThat(tasks(2)).hasSize(HeldReference.BYTES + LARGE.length()).endsWith(LARGE);
    HeldReference held = HeldReference.decode(frame.array(), frame.parentPayloadOffset(0));
    assertThat(held).isEqualTo(new HeldReference(90, LARGE.length()));
  }

  @Test
  void sharedObjectInASegmentIsSentWhole() {
    writer
        .begin(Kind.SHARE, 0, 1, 9)
        .lengths(new int[] {Length.SEGMENT}, 0)
        .payload(reference)
        .end();
    frame.next(queue);
    List<String> sent = new ArrayList<>();
    payloads.share(frame, whole -> sent.add(whole.first() + " " + whole.blobText()));
    assertThat(sent).containsExactly("9 " + LARGE);
  }

  @Test
  void sharedObjectThatIsSmallIsSentAsItCame() {
    writer.begin(Kind.SHARE, 0, 1, 9).lengths(new int[] {2}, 0).payload(new byte[2], 0, 2).end();
    frame.next(queue);
    List<FrameView> sent = new ArrayList<>();
    payloads.share(frame, sent::add);
    assertThat(sent).containsExactly(frame);
  }

  /** Tasks of even number have arguments in the segment, and a parent with its result there. */
  private final class Local implements Payloads {
    @Override
    public int parentCount(long task) {
      return task % 2 == 0 ? 1 : 0;
    }

    @Override
    public long parent(long task, int place) {
      return 90;
    }

    @Override
    public int argumentLength(long task) {
      return task % 2 == 0 ? Length.SEGMENT : ("a" + task).length();
    }

    @Override
    public void putArguments(long task, FrameWriter to) {
      if (task % 2 == 0) {
        to.payload(reference);
      } else {
        to.payload(("a" + task).getBytes(UTF_8), 0, ("a" + task).length());
      }
    }

    @Override
    public int resultLength(long parent) {
      return Length.SEGMENT;
    }

    @Override
    public void putResult(long parent, FrameWriter to) {
      to.payload(reference);
    }
  }
}
