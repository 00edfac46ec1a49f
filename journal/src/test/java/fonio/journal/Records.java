package fonio.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What tests do with records: append them and read all of a folder back. */
final class Records {
  /** A record as a value. */
  record Entry(long position, int kind, String hex) {}

  /** All that a folder gives. */
  record Content(List<Entry> entries, Optional<TornTail> tornTail) {}

  private Records() {}

  static Entry append(RecordSink sink, int kind, byte[] bytes) {
    long position = sink.append(kind, bytes, 0, bytes.length);
    return new Entry(position, kind, HexFormat.of().formatHex(bytes));
  }

  static Content read(Path folder) {
    List<Entry> entries = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        byte[] bytes = new byte[reader.payload().remaining()];
        reader.payload().get(bytes);
        entries.add(new Entry(reader.position(), reader.kind(), HexFormat.of().formatHex(bytes)));
      }
      return new Content(entries, reader.tornTail());
    }
  }

  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : segments(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }
}
