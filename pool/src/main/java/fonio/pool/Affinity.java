package fonio.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Which cores each worker may use: the policies that Parsl names. */
final class Affinity {
  private Affinity() {}

  /**
   * The cores of one worker; an empty list means all.
   *
   * @param policy {@code none}, {@code block}, {@code alternating}, {@code block-reverse}, or
   *     {@code list:} and the cores of each worker, separated by colons
   */
  static List<Integer> cores(String policy, int worker, int workers, int available) {
    if (policy.startsWith("list:")) {
      return listed(policy, worker);
    }
    return switch (policy) {
      case "none" -> List.of();
      case "block" -> block(range(available), worker, workers);
      case "block-reverse" -> {
        List<Integer> all = range(available);
        Collections.reverse(all);
        yield block(all, worker, workers);
      }
      case "alternating" -> {
        List<Integer> mine = new ArrayList<>();
        for (int core = worker; core < available; core += workers) {
          mine.add(core);
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

  private static List<Integer> range(int cores) {
    List<Integer> all = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      all.add(core);
    }
    return all;
  }

  private static List<Integer> block(List<Integer> all, int worker, int workers) {
    int each = Math.max(1, all.size() / workers);
    int from = worker * each;
    return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + each));
  }

  private static List<Integer> listed(String policy, int worker) {
    List<String> parts = Arrays.asList(policy.substring(5).split(":", -1));
    if (worker >= parts.size()) {
      throw new IllegalArgumentException(
          "cpu_affinity="
              + policy
              + " names the cores of "
              + parts.size()
              + " workers; worker "
              + worker
              + " has none");
    }
    List<Integer> cores = new ArrayList<>();
    for (String part : parts.get(worker).split(",", -1)) {
      int dash = part.indexOf('-');
      try {
        int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(part.substring(dash + 1));
        for (int core = from; core <= to; core++) {
          cores.add(core);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "cpu_affinity=" + policy + ": '" + part + "' is neither a core nor a range", e);
      }
    }
    return cores;
  }
}
