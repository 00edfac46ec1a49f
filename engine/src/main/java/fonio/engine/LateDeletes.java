package fonio.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The payload files of a durable run that nobody needs any more, until the journal says so too.
 *
 * <p>A journal that was cut short by a crash must not name a file that is gone.
 */
final class LateDeletes implements LongConsumer {
  @SuppressWarnings("ArrayRecordComponent")
  private record Group(long position, long[] segments) {}

  private final LongConsumer delete;
  private final LongList fresh = new LongList();
  private final ArrayDeque<Group> waiting = new ArrayDeque<>();

  LateDeletes(LongConsumer delete) {
    this.delete = delete;
  }

  @Override
  public void accept(long segment) {
    fresh.add(segment);
  }

  /** All for whose sake files are superfluous stands before this position. */
  void seal(long position) {
    if (fresh.size() > 0) {
      waiting.addLast(new Group(position, fresh.toArray()));
      fresh.clear();
    }
  }

  /** Deletes what may go, given what is on disk. */
  void durable(long position) {
    for (Group first = waiting.peekFirst();
        first != null && first.position() <= position;
        first = waiting.peekFirst()) {
      waiting.removeFirst();
      Arrays.stream(first.segments()).forEach(delete);
    }
  }
}
