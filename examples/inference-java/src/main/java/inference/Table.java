package inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A CSV table as the screening writes it: a line of names, then rows without a quoted field. */
record Table(Path path, List<String> names, List<String[]> rows) {

  static Table read(Path path) {
    try {
      var lines = Files.readAllLines(path);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException(path + " is empty: run examples/screening again");
      }
      var rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
      return new Table(path, List.of(lines.getFirst().split(",")), rows);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Every value of a column, in order. */
  List<String> column(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(path + " has no column '" + name + "', only " + names);
    }
    return rows.stream().map(row -> row[at]).toList();
  }
}
