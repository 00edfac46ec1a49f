package fonio.blocks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When blocks that die before a manager connects end all tasks, instead of being replaced. */
enum BlockErrors {
  /** Never: blocks are replaced for ever, at growing intervals. */
  NONE,
  /** When there were at least {@code max(1, initBlocks)} blocks and all have died so. */
  SIMPLE,
  /** When the last three blocks have died so, whatever came before. */
  WINDOWED;

  static final List<String> NAMES = List.of("simple", "windowed", "none");

  private static final int WINDOW = 3;
  private static final int NAMED = 3;

  static BlockErrors named(String name) {
    return switch (name) {
      case "simple" -> SIMPLE;
      case "windowed" -> WINDOWED;
      case "none" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "block_error_handler=" + name + " is none of " + String.join(", ", NAMES));
    };
  }

  /** Why all tasks are to end, if they are. */
  Optional<String> verdict(BlocksConfig config, BlockHistory history, int alive) {
    int stillborn = history.stillbornBlocks();
    boolean strikes =
        switch (this) {
          case NONE -> false;
          case SIMPLE ->
              !history.anyConnected()
                  && alive == 0
                  && stillborn >= Math.max(1, config.initBlocks());
          case WINDOWED -> history.inARow() >= WINDOW;
        };
    if (!strikes) {
      return Optional.empty();
    }
    String who =
        switch (this) {
          case WINDOWED -> history.inARow() + " blocks in a row";
          default -> stillborn == 1 ? "the only block" : "all " + stillborn + " blocks";
        };
    return Optional.of(text(config.label(), who, history.last(NAMED)));
  }

  private static String text(String label, String who, List<EndedBlock> last) {
    String all =
        last.stream()
            .limit(last.size() - 1L)
            .map(b -> b.text() + "; ")
            .collect(Collectors.joining());
    return "executor "
        + label
        + ": "
        + who
        + " ended before a manager connected; "
        + all
        + closed(last.getLast().textWithTail())
        + "\nCorrect worker_init and the options of the provider so that the job's script runs, then"
        + " start again.";
  }

  /** The text with a mark at its end, whatever else is made of its lines. */
  private static String closed(String text) {
    return text.matches("(?s).*[.!?:;]") ? text : text + ".";
  }
}
