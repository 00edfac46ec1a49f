package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes groups of records into segments, and knows up to which record all is on disk. */
final class GroupWriter {
  /*
   * A group is in one segment, and begins with a mark unless it is the segment's first. It counts when it was forced; until then the
   * staging keeps its bytes. After a failure nothing is assumed of what was written since the last force, as a system may drop pages
   * that it could not write: the segment is opened anew, cut to what counts, and the group is written again.
   */
  private static final int MOST_IN_GROUP = 4 << 20;

  private final Path folder;
  private final JournalConfig config;
  private final Disk disk;
  private final RandomGenerator salts;
  private final Mark mark = new Mark();
  private final Deque<SegmentHeader> segments;
  private SegmentHeader header;
  private int offset;
  private long position;
  private boolean sealed = true;
  private Disk.@Nullable Segment segment;

  GroupWriter(
      Path folder, JournalConfig config, Disk disk, RandomGenerator salts, Recovery recovery) {
    this.folder = folder;
    this.config = config;
    this.disk = disk;
    this.salts = salts;
    segments = recovery.segments();
    offset = recovery.offset();
    position = recovery.position();
    SegmentHeader last = segments.peekLast();
    header = last == null ? new SegmentHeader(1, 1, salts.nextInt()) : last;
  }

  /** The last record of which all before is on disk too. */
  long position() {
    return position;
  }

  /** Writes one group of what is staged and lets go of it. */
  void write(Staging staging) throws IOException {
    if (staging.isEmpty()) {
      return;
    }
    boolean fresh = offset == 0;
    int begin = fresh ? SegmentHeader.BYTES : offset + Mark.BYTES;
    int room = config.segmentBytes() - Mark.BYTES - begin;
    staging.rewind();
    ByteBuffer run = staging.take(room);
    if (run == null) {
      roll();
      return;
    }
    Disk.Segment to = ready();
    if (!fresh) {
      to.write(mark.bytes(header.salt(), offset, position + 1), offset);
    }
    int at = begin;
    while (run != null) {
      int length = run.remaining();
      to.write(run, at);
      at += length;
      run = at - begin < MOST_IN_GROUP ? staging.take(room - (at - begin)) : null;
    }
    force(to, fresh);
    offset = at;
    position += staging.takenRecords();
    sealed = false;
    staging.release();
  }

  private void force(Disk.Segment what, boolean fresh) throws IOException {
    if (config.fsync() == Fsync.EACH_GROUP) {
      what.force();
      if (fresh) {
        disk.forceFolder(folder);
      }
    }
    if (fresh) {
      segments.add(header);
    }
  }

  private Disk.Segment ready() throws IOException {
    Disk.Segment open = segment;
    if (open == null) {
      Path file = SegmentNames.file(folder, header.number());
      open = offset == 0 ? disk.create(file) : disk.open(file);
      segment = open;
      if (offset > 0) {
        open.truncate(offset);
      }
    }
    if (offset == 0) {
      open.write(header.bytes(), 0);
    }
    return open;
  }

  private void roll() throws IOException {
    Disk.Segment full = segment;
    if (full != null) {
      segment = null;
      full.close();
    }
    header = new SegmentHeader(header.number() + 1, position + 1, salts.nextInt());
    offset = 0;
  }

  /** Ends with a mark, by which the next reader knows that nothing was cut short. */
  void seal() throws IOException {
    if (!sealed && offset > 0) {
      Disk.Segment to = ready();
      to.write(mark.bytes(header.salt(), offset, position + 1), offset);
      force(to, false);
      offset += Mark.BYTES;
      sealed = true;
    }
  }

  /** Removes the segments whose records all stand before a position. */
  void truncateBefore(long before) throws IOException {
    while (segments.size() > 1) {
      SegmentHeader first = segments.removeFirst();
      if (segments.getFirst().first() > before) {
        segments.addFirst(first);
        return;
      }
      try {
        disk.delete(SegmentNames.file(folder, first.number()));
        disk.forceFolder(folder);
      } catch (IOException e) {
        segments.addFirst(first);
        throw e;
      }
    }
  }

  /** Closes the segment, so that the next write opens it anew. */
  void close() {
    Disk.Segment open = segment;
    segment = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // What counts was forced before; what does not count is written again.
      }
    }
  }
}
