package fonio.engine;

import fonio.transport.Segments;
import fonio.wire.DependencyFailure;
import fonio.wire.Fault;
import fonio.wire.Headline;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** Says why a task has no result, for people; of the client's own exceptions their headline. */
final class Reasons {
  private final Segments segments;

  /**
   * @param segments where exceptions lie that are too large for a frame
   */
  Reasons(Segments segments) {
    this.segments = segments;
  }

  /** The reason that a result tells. */
  String of(Result result) {
    if (Length.isSegment(result.lengthColumn)) {
      return headline(SegmentReference.decode(result.bytes, result.offset));
    }
    return of(result.status, result.bytes, result.offset, Length.bytes(result.lengthColumn));
  }

  private static String of(int status, byte[] bytes, int from, int length) {
    return switch (status) {
      case Status.ERROR -> Headline.decode(bytes, from, length);
      case Status.FAULT -> of(Fault.decode(bytes, from, length));
      case Status.DEPENDENCY -> of(DependencyFailure.decode(bytes, from, length));
      case Status.CANCELLED -> "cancelled";
      default -> "";
    };
  }

  private static String of(Fault fault) {
    String stderr = fault.details().getOrDefault("stderr", "").strip();
    return fault.name() + ": " + fault.message() + (stderr.isEmpty() ? "" : "\n" + stderr);
  }

  private static String of(DependencyFailure failure) {
    byte[] cause = failure.cause();
    return failure.chain() + ": " + of(failure.status(), cause, 0, cause.length);
  }

  private String headline(SegmentReference reference) {
    byte[] head = new byte[Headline.MOST_BYTES];
    try (InputStream in = Files.newInputStream(segments.path(reference.segment()))) {
      return Headline.decode(head, 0, in.readNBytes(head, 0, head.length));
    } catch (IOException gone) {
      return "its exception cannot be read any more: " + gone;
    }
  }
}
