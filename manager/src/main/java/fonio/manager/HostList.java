package fonio.manager;

import java.util.ArrayList;
import java.util.List;

/** A list of hosts as Slurm writes it, such as {@code node[01-03,7],head}. */
final class HostList {
  private HostList() {}

  /** The hosts, in their order. */
  static List<String> parse(String list) {
    List<String> hosts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i == list.length() ? ',' : list.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        expand(list.substring(from, i).strip(), hosts);
        from = i + 1;
      }
    }
    if (depth != 0 || hosts.isEmpty()) {
      throw new IllegalArgumentException(
          "the list of hosts '" + list + "' is not like node[1-3],head");
    }
    return hosts;
  }

  private static void expand(String pattern, List<String> hosts) {
    int open = pattern.indexOf('[');
    int close = pattern.indexOf(']', open);
    if (open < 0 || close < 0) {
      if (!pattern.isEmpty()) {
        hosts.add(pattern);
      }
      return;
    }
    for (String part : pattern.substring(open + 1, close).split(",", -1)) {
      String[] bounds = part.strip().split("-", 2);
      int width = bounds[0].length();
      int last = number(bounds[bounds.length - 1], pattern);
      for (int n = number(bounds[0], pattern); n <= last; n++) {
        String digits = "0".repeat(Math.max(0, width - ("" + n).length())) + n;
        expand(pattern.substring(0, open) + digits + pattern.substring(close + 1), hosts);
      }
    }
  }

  private static int number(String digits, String pattern) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the hosts '%s': '%s' is no number".formatted(pattern, digits), e);
    }
  }
}
