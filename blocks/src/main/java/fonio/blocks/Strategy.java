package fonio.blocks;

import java.util.List;

/** How many blocks there should be: a function of what is seen, without memory or clock. */
@FunctionalInterface
public interface Strategy {
  /** The names that {@link #named} knows. */
  List<String> NAMES = List.of("none", "simple", "htex_auto_scale", "capacity");

  /** What to do now; the caller keeps the most blocks, the least, and the backoff. */
  Decision decide(Snapshot seen);

  /** The strategy of this name. */
  static Strategy named(String name) {
    return switch (name) {
      case "none" -> seen -> Decision.NOTHING;
      case "simple" -> new SlotStrategy(false);
      case "htex_auto_scale" -> new SlotStrategy(true);
      case "capacity" -> new CapacityStrategy();
      default ->
          throw new IllegalArgumentException(
              "strategy=" + name + " is none of " + String.join(", ", NAMES));
    };
  }
}
