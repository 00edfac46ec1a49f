package fonio.providers;

import java.util.List;

/**
 * What a command gave back.
 *
 * @param words its program and arguments
 */
record CommandResult(List<String> words, int exitCode, String stdout, String stderr) {

  /** The same, as the error that it is. */
  ProviderException failure(String next) {
    return new ProviderException(
        "`%s` ended with exit code %d: %s; %s"
            .formatted(String.join(" ", words), exitCode, said(), next));
  }

  /** What it said, in its own words: standard error, or output when there is none. */
  String said() {
    String text = stderr.isBlank() ? stdout : stderr;
    return text.isBlank() ? "(it said nothing)" : text.strip();
  }
}
