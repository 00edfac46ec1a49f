package fonio.engine;

import fonio.interchange.Safekeeping;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way of results from the outbox to the client.
 *
 * <p>Those of a durable run are written down first, and go on when that is on disk. Without a
 * client they are written down all the same, and stay in the outbox's account until one comes.
 */
final class Delivery implements Safekeeping {
  @SuppressWarnings("ArrayRecordComponent")
  private record Withheld(long position, byte[] frame) {}

  private record Flush(long number, long position) {}

  private final Outbox outbox;
  private final @Nullable RunJournal journal;
  private final LateDeletes deletes;
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView frame = new FrameView();
  private final ArrayDeque<Withheld> withheld = new ArrayDeque<>();
  private final ArrayDeque<Flush> flushes = new ArrayDeque<>();
  private long flushed;
  private long safe;
  private @Nullable Session to;
  private long told = -1;
  private boolean toldFailing;

  /**
   * @param journal where endings are written first; null when the run is not durable
   */
  Delivery(Outbox outbox, @Nullable RunJournal journal, LateDeletes deletes) {
    this.outbox = outbox;
    this.journal = journal;
    this.deletes = deletes;
  }

  /** From now on this client gets the results, beginning with those that the outbox holds. */
  void begin(Session client) {
    withheld.clear();
    to = client;
    told = -1;
  }

  /** There is no client any more. */
  void end() {
    withheld.clear();
    to = null;
  }

  /** Sends, or writes down, what is gathered. */
  void flush() {
    RunJournal durable = journal;
    if (durable != null) {
      writeDown(durable);
    } else if (to != null) {
      outbox.flush(to.writer());
    }
  }

  private void writeDown(RunJournal durable) {
    if (outbox.isEmpty()) {
      return;
    }
    outbox.flush(writer);
    while (frame.next(queue)) {
      long position = durable.ended(frame);
      if (to != null) {
        int end = frame.start() + frame.size();
        withheld.add(new Withheld(position, Arrays.copyOfRange(frame.array(), frame.start(), end)));
      }
      queue.consumed(frame.size());
    }
    flushes.add(new Flush(++flushed, durable.position()));
  }

  @Override
  public long mark() {
    return journal == null || outbox.isEmpty() ? flushed : flushed + 1;
  }

  @Override
  public long reached() {
    RunJournal durable = journal;
    long until = durable == null ? 0 : durable.durable();
    for (Flush first = flushes.peekFirst();
        first != null && first.position() <= until;
        first = flushes.peekFirst()) {
      safe = flushes.removeFirst().number();
    }
    return safe;
  }

  /** Passes on what has become durable; how much that was. */
  int doWork() {
    RunJournal durable = journal;
    if (durable == null) {
      return 0;
    }
    if (outbox.isEmpty()) {
      deletes.seal(durable.position());
    }
    long until = durable.durable();
    deletes.durable(until);
    Session client = to;
    return client == null
        ? 0
        : release(client, until) + tell(client, durable.framesOnDisk(), durable.failure());
  }

  private int release(Session client, long until) {
    int frames = 0;
    for (Withheld first = withheld.peekFirst();
        first != null && first.position() <= until;
        first = withheld.peekFirst()) {
      withheld.removeFirst();
      client.writer().whole(first.frame());
      frames++;
    }
    return frames;
  }

  private int tell(Session client, long frames, String failure) {
    boolean failing = !failure.isEmpty();
    if (frames == told && failing == toldFailing) {
      return 0;
    }
    told = frames;
    toldFailing = failing;
    byte[] text = failure.getBytes(StandardCharsets.UTF_8);
    client.writer().frame(Kind.DURABLE, 0, 0, (int) frames, text);
    return 1;
  }

  /** Whether so much waits for the disk that nothing more may be accepted. */
  boolean isFull() {
    return journal != null && journal.isFull();
  }

  /** Whether all that was gathered is on its way. */
  boolean isEmpty() {
    return outbox.isEmpty() && withheld.isEmpty();
  }
}
