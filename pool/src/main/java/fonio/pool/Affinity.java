package fonio.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which cores each worker may use: the policies that Parsl names. */
final class Affinity {
  private Affinity() {}

  /**
   * The cores of one worker; an empty list means all.
   *
   * @param policy {@code none}, {@code block}, {@code alternating}, {@code block-reverse}, or
   *     {@code list:} and the cores of each worker, separated by colons
   * @param allowed the cores that this process may use
   */
  static List<Integer> cores(String policy, int worker, int workers, List<Integer> allowed) {
    if (policy.startsWith("list:")) {
      return listed(policy, worker, allowed);
    }
    return switch (policy) {
      case "none" -> List.of();
      case "block" -> block(allowed, worker, workers);
      case "block-reverse" -> block(allowed.reversed(), worker, workers);
      case "alternating" -> {
        List<Integer> mine = new ArrayList<>();
        for (int at = worker; at < allowed.size(); at += workers) {
          mine.add(allowed.get(at));
        }
        yield mine;
      }
      default ->
          throw new IllegalArgumentException(
              "cpu_affinity="
                  + policy
                  + " is unknown; use none, block, alternating, block-reverse or list:0,1:2,3");
    };
  }

  private static List<Integer> block(List<Integer> all, int worker, int workers) {
    int each = Math.max(1, all.size() / workers);
    int from = worker * each;
    return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + each));
  }

  private static List<Integer> listed(String policy, int worker, List<Integer> allowed) {
    List<String> parts = Arrays.asList(policy.substring(5).split(":", -1));
    if (worker >= parts.size()) {
      throw new IllegalArgumentException(
          "cpu_affinity="
              + policy
              + " names the cores of "
              + parts.size()
              + " workers; worker "
              + worker
              + " has none; name cores for each, with a colon between workers");
    }
    List<Integer> cores = new ArrayList<>();
    for (String part : parts.get(worker).split(",", -1)) {
      int dash = part.indexOf('-');
      try {
        int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(part.substring(dash + 1));
        if (from > to) {
          throw new IllegalArgumentException(
              "cpu_affinity="
                  + policy
                  + ": '"
                  + part
                  + "' ends before it begins; write the lower core first");
        }
        for (int core = from; core <= to; core++) {
          if (!allowed.contains(core)) {
            throw new IllegalArgumentException(
                "cpu_affinity=%s: core %d is not among those that this process may use; name some of %s"
                    .formatted(policy, core, allowed));
          }
          cores.add(core);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "cpu_affinity="
                + policy
                + ": '"
                + part
                + "' is neither a core nor a range; write a core like 3, or a range like 4-7",
            e);
      }
    }
    return cores;
  }
}
