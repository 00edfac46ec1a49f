package fonio.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where writing goes on in a folder that was written before.
 *
 * @param segments the headers of the segments that stay, in order
 * @param offset where in the last one of them; 0 when there is none
 * @param position the last record's position
 * @param tornTail what was cut
 */
record Recovery(
    Deque<SegmentHeader> segments, int offset, long position, Optional<TornTail> tornTail) {

  /** Looks at a folder and cuts what a crash has left unfinished. */
  static Recovery of(Path folder, Disk disk) throws IOException {
    List<Integer> numbers = new ArrayList<>(SegmentNames.numbers(folder));
    Deque<SegmentHeader> segments = new ArrayDeque<>();
    Optional<TornTail> torn = Optional.empty();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      try (SegmentScanner scanner = SegmentScanner.open(folder, number)) {
        boolean last = i == numbers.size() - 1;
        Optional<SegmentHeader> header = scanner.header();
        if (header.isPresent()) {
          segments.add(header.get());
        } else if (last && (i > 0 || number == 1)) {
          torn = Optional.of(new TornTail(number, 0, scanner.size()));
        } else {
          throw scanner.damage("it has no header");
        }
      }
    }
    if (torn.isPresent()) {
      disk.delete(SegmentNames.file(folder, torn.get().segment()));
      disk.forceFolder(folder);
    }
    return segments.isEmpty()
        ? new Recovery(segments, 0, 0, torn)
        : cut(folder, disk, segments, torn);
  }

  private static Recovery cut(
      Path folder, Disk disk, Deque<SegmentHeader> segments, Optional<TornTail> deleted)
      throws IOException {
    int number = segments.getLast().number();
    try (SegmentScanner scanner = SegmentScanner.open(folder, number)) {
      while (scanner.next()) {}
      int offset = (int) scanner.offset();
      Optional<TornTail> torn = deleted;
      if (!scanner.isAtEnd()) {
        if (deleted.isPresent() || scanner.isDamage()) {
          throw scanner.damage("a record there is not whole");
        }
        torn = Optional.of(new TornTail(number, offset, scanner.size() - offset));
      }
      truncate(disk, SegmentNames.file(folder, number), offset);
      return new Recovery(segments, offset, scanner.position(), torn);
    }
  }

  /** What a process had written when it was killed is durable only now that it is forced. */
  private static void truncate(Disk disk, Path file, int size) throws IOException {
    try (Disk.Segment segment = disk.open(file)) {
      segment.truncate(size);
      segment.force();
    }
  }
}
