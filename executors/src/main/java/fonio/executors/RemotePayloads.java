package fonio.executors;

import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.HeldReference;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import java.lang.foreign.Arena;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Payloads for other machines: those in segments with their bytes, but results that the receiver
 * keeps, which it is only told of.
 */
final class RemotePayloads implements Payloads {
  private final Payloads local;
  private final Segments segments;
  private final LongUnaryOperator kept;
  private final byte[] reference = new byte[HeldReference.BYTES];
  private final ByteQueue scratch = new ByteQueue();
  private final FrameWriter scratchWriter = new FrameWriter(scratch);

  /**
   * @param kept how many bytes of a task's result the receiver of the next frame keeps, -1 for none
   */
  RemotePayloads(Payloads local, Segments segments, LongUnaryOperator kept) {
    this.local = local;
    this.segments = segments;
    this.kept = kept;
  }

  @Override
  public int parentCount(long task) {
    return local.parentCount(task);
  }

  @Override
  public long parent(long task, int place) {
    return local.parent(task, place);
  }

  @Override
  public int argumentLength(long task) {
    int length = local.argumentLength(task);
    return Length.isSegment(length) ? bytes(reference(task, this::argumentReference)) : length;
  }

  @Override
  public void putArguments(long task, FrameWriter writer) {
    if (Length.isSegment(local.argumentLength(task))) {
      put(reference(task, this::argumentReference), writer);
    } else {
      local.putArguments(task, writer);
    }
  }

  @Override
  public int resultLength(long parent) {
    if (kept.applyAsLong(parent) >= 0) {
      return Length.SEGMENT;
    }
    int length = local.resultLength(parent);
    return Length.isSegment(length) ? bytes(reference(parent, this::resultReference)) : length;
  }

  @Override
  public void putResult(long parent, FrameWriter writer) {
    long bytes = kept.applyAsLong(parent);
    if (bytes >= 0) {
      new HeldReference(parent & 0xFFFF_FFFFL, bytes).encode(reference, 0);
      writer.payload(reference, 0, reference.length);
    } else if (Length.isSegment(local.resultLength(parent))) {
      put(reference(parent, this::resultReference), writer);
    } else {
      local.putResult(parent, writer);
    }
  }

  /** Passes a SHARE frame on, its object with it. */
  void share(FrameView frame, Consumer<FrameView> to) {
    if (!frame.isSegment(0)) {
      to.accept(frame);
      return;
    }
    SegmentReference reference = SegmentReference.decode(frame.array(), frame.payloadOffset(0));
    ByteQueue queue = new ByteQueue();
    FrameWriter writer = new FrameWriter(queue);
    writer.begin(Kind.SHARE, 0, 1, frame.first()).lengths(new int[] {bytes(reference)}, 0);
    put(reference, writer);
    writer.end();
    FrameView whole = new FrameView();
    whole.next(queue);
    to.accept(whole);
  }

  private void argumentReference(long task) {
    local.putArguments(task, scratchWriter);
  }

  private void resultReference(long parent) {
    local.putResult(parent, scratchWriter);
  }

  private SegmentReference reference(long task, LongConsumer writes) {
    scratch.clear();
    scratchWriter.begin(Kind.LOG, 0, 0, 0);
    int before = scratch.size();
    writes.accept(task);
    SegmentReference reference = SegmentReference.decode(scratch.array(), scratch.head() + before);
    scratchWriter.abandon();
    return reference;
  }

  /** One that is longer than a frame can say is too long in any case. */
  private static int bytes(SegmentReference reference) {
    return (int) Math.min(reference.bytes(), Integer.MAX_VALUE);
  }

  private void put(SegmentReference reference, FrameWriter writer) {
    try (Arena arena = Arena.ofConfined()) {
      writer.payload(segments.map(reference, arena), 0, bytes(reference));
    }
  }
}
