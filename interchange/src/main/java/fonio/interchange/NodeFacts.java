package fonio.interchange;

import fonio.wire.Greeting;

/**
 * What a manager says of its node and of itself; 0 and "" where it does not say.
 *
 * @param cores how many cores its tasks may use
 * @param memoryMegabytes how much memory there is
 * @param keepMegabytes how much of large results it keeps for later tasks
 * @param accelerators how many accelerators were found
 * @param software its versions, for people
 */
public record NodeFacts(
    int cores, long memoryMegabytes, long keepMegabytes, int accelerators, String software) {
  static final NodeFacts UNKNOWN = new NodeFacts(0, 0, 0, 0, "");

  static NodeFacts of(Greeting hello) {
    return new NodeFacts(
        (int) number(hello, "cores"),
        number(hello, "memory_mb"),
        number(hello, "keep_mb"),
        (int) number(hello, "accelerators"),
        hello.entry("software", ""));
  }

  /** What is no number is not said: it is for people, and harms nobody. */
  private static long number(Greeting hello, String key) {
    String text = hello.entry(key, "");
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
  }

  /** For people: {@code 8 cores, 31.2 GB, 2 accelerators; fonio 0.3.0, Java 25}. */
  public String text() {
    if (cores == 0) {
      return "it says nothing of its node";
    }
    String memory = memoryMegabytes == 0 ? "" : ", %.1f GB".formatted(memoryMegabytes / 1024.0);
    return "%d %s%s, %s%s"
        .formatted(
            cores,
            cores == 1 ? "core" : "cores",
            memory,
            accelerators == 0 ? "no accelerator" : accelerators + " accelerators",
            software.isEmpty() ? "" : "; " + software);
  }
}
