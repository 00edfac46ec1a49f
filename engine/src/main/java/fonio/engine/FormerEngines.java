package fonio.engine;

import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * What the engines that a durable run had before this one have counted together, by the account
 * that the last of them that ended in order wrote down.
 *
 * @param entries of that account; none when there is none
 */
record FormerEngines(Map<String, String> entries) {
  /** The file that the account is kept in while the run goes on. */
  static final String FILE = "former.properties";

  FormerEngines {
    entries = Map.copyOf(entries);
  }

  /**
   * Takes the account over from a run that goes on: the file that says how the run ended is there
   * no more, and another beside it is kept, also for an engine after this one.
   */
  static FormerEngines takeOver(Path last) {
    Path kept = last.resolveSibling(FILE);
    try {
      if (Files.exists(last)) {
        Files.move(last, kept, StandardCopyOption.REPLACE_EXISTING);
      }
      byte[] text = Files.exists(kept) ? Files.readAllBytes(kept) : new byte[0];
      return new FormerEngines(Lines.decode(text, 0, text.length));
    } catch (IOException | MalformedFrameException e) {
      System.err.println(
          "fonio engine: what earlier engines of the run have counted is left out, as it cannot be taken over from "
              + last
              + ": "
              + e);
      return new FormerEngines(Map.of());
    }
  }

  /** A number of the account; 0 when it has none. */
  long number(String key) {
    try {
      return Long.parseLong(entries.getOrDefault(key, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** When the first of them began, milliseconds since 1970; 0 when that is not known. */
  long startedMillis() {
    return number("started");
  }
}
