package fonio.providers;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a block brings along to nodes that share no folder with this machine.
 *
 * @param run a word of 10 small letters and digits that no other run has; what is made for the
 *     block is marked by it
 * @param executor whose block it is
 * @param secrets files that its command reads in {@link #FOLDER}, by their names there; nobody else
 *     may read them
 */
public record Baggage(String run, String executor, Map<String, Path> secrets) {
  /** Where nodes find them. */
  public static final Path FOLDER = Path.of("/var/run/fonio");

  /** That of blocks whose nodes share a folder with this machine. */
  public static final Baggage NONE = new Baggage("none", "none", Map.of());

  public Baggage {
    secrets = Map.copyOf(secrets);
  }
}
