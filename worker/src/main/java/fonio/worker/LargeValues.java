package fonio.worker;

import fonio.transport.NoSpaceException;
import fonio.transport.Segments;
import fonio.wire.SegmentReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/** The payloads of Java tasks that are too large for a frame: each in a segment of its own. */
public final class LargeValues {
  /** What a payload in a frame has at most. */
  public static final int INLINE_BYTES = 65_536;

  private final Segments segments;

  /** In these segments. */
  public LargeValues(Segments segments) {
    this.segments = segments;
  }

  /**
   * Stores bytes in a segment.
   *
   * @return the reference that travels for them
   * @throws NoSpaceException when there is no room for them
   */
  public byte[] store(byte[] bytes) {
    byte[] reference = new byte[SegmentReference.BYTES];
    segments.store(bytes, 0, bytes.length).encode(reference, 0);
    return reference;
  }

  /** The bytes of the segment whose reference stands at an index. */
  public byte[] load(byte[] array, int at) throws IOException {
    SegmentReference reference = SegmentReference.decode(array, at);
    if (reference.bytes() > Integer.MAX_VALUE - 8) {
      throw new IOException(
          "segment %s has %d bytes, more than a Java array"
              .formatted(reference.fileName(), reference.bytes()));
    }
    try (Arena arena = Arena.ofConfined()) {
      return segments.map(reference, arena).toArray(ValueLayout.JAVA_BYTE);
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  /** Removes the segment whose reference stands at an index, if it is still there. */
  public void delete(byte[] array, int at) {
    segments.delete(SegmentReference.decode(array, at).segment());
  }
}
