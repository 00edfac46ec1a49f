package fonio.api;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a task needs while it runs, such as {@code
 * Options.defaults().withResources(Resources.none().withCores(4).withMemory(8))}.
 *
 * <p>On a {@link HighThroughputExecutor} these are cores, memory and accelerators of one node: the
 * task starts when all of that is free there, and has it alone. On an {@link MpiExecutor} they are
 * nodes of a block and ranks on them. What is left open is the share of one worker.
 *
 * @param cores how many cores. Too low: tasks take cores from each other; too high: cores are idle
 * @param memory GB of memory
 * @param accelerators how many accelerators; a part shares one with others, 0 is none
 * @param nodes how many nodes of a block
 * @param ranksPerNode how many ranks a node has, by default 1
 * @param launcherOptions more words for what starts the ranks, empty for none
 */
public record Resources(
    OptionalInt cores,
    OptionalDouble memory,
    OptionalDouble accelerators,
    OptionalInt nodes,
    OptionalInt ranksPerNode,
    String launcherOptions) {
  private static final int MOST = 1_000_000;
  private static final Resources NONE =
      new Resources(
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          "");

  public Resources {
    cores.ifPresent(number -> whole("cores", number));
    memory.ifPresent(number -> above("memory", number));
    accelerators.ifPresent(number -> {
      if (!(number >= 0 && number <= MOST)) {
        throw bad("accelerators", number, "it must be a number from 0 on");
      }
      if (number > 1 && number != Math.rint(number)) {
        throw bad("accelerators", number, "it must be a part of one, or a whole number");
      }
    });
    nodes.ifPresent(number -> whole("nodes", number));
    ranksPerNode.ifPresent(number -> whole("ranksPerNode", number));
    if (nodes.isEmpty() && (ranksPerNode.isPresent() || !launcherOptions.isEmpty())) {
      throw new IllegalArgumentException(
          "ranksPerNode and launcherOptions are for nodes of a block: give nodes, too");
    }
    if (launcherOptions.chars().anyMatch(letter -> letter == '\n' || letter == 0)) {
      throw bad("launcherOptions", launcherOptions, "it must be one line");
    }
  }

  private static void whole(String name, int number) {
    if (number < 1 || number > MOST) {
      throw bad(name, number, "it must be a whole number from 1 on");
    }
  }

  private static void above(String name, double number) {
    if (!(number > 0 && number <= MOST)) {
      throw bad(name, number, "it must be a number above 0");
    }
  }

  private static IllegalArgumentException bad(String name, Object value, String rule) {
    return new IllegalArgumentException(name + " is " + value + "; " + rule);
  }

  /** Nothing beyond the share of one worker. */
  public static Resources none() {
    return NONE;
  }

  /** Whether nothing is asked for. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** This with other {@link #cores()}. */
  public Resources withCores(int number) {
    return new Resources(
        OptionalInt.of(number), memory, accelerators, nodes, ranksPerNode, launcherOptions);
  }

  /** This with other {@link #memory()}. */
  public Resources withMemory(double gigabytes) {
    return new Resources(
        cores, OptionalDouble.of(gigabytes), accelerators, nodes, ranksPerNode, launcherOptions);
  }

  /** This with other {@link #accelerators()}. */
  public Resources withAccelerators(double number) {
    return new Resources(
        cores, memory, OptionalDouble.of(number), nodes, ranksPerNode, launcherOptions);
  }

  /** This with other {@link #nodes()}. */
  public Resources withNodes(int number) {
    return new Resources(
        cores, memory, accelerators, OptionalInt.of(number), ranksPerNode, launcherOptions);
  }

  /** This with other {@link #ranksPerNode()}. */
  public Resources withRanksPerNode(int number) {
    return new Resources(
        cores, memory, accelerators, nodes, OptionalInt.of(number), launcherOptions);
  }

  /** This with other {@link #launcherOptions()}. */
  public Resources withLauncherOptions(String words) {
    return new Resources(cores, memory, accelerators, nodes, ranksPerNode, words);
  }
}
