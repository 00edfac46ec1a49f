package fonio.manager;

import fonio.wire.Greeting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the interchange says of the workers that a manager starts: the entries of its WELCOME. */
record Orders(Greeting welcome) {
  private static final int MOST_WORKERS = 4096;

  String text(String key, String otherwise) {
    String value = welcome.entry(key, "");
    return value.isEmpty() ? otherwise : value;
  }

  long number(String key, long otherwise) {
    String value = welcome.entry(key, "");
    try {
      return value.isEmpty() ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + "=" + value + " is no whole number", e);
    }
  }

  private double decimal(String key, double otherwise) {
    String value = welcome.entry(key, "");
    try {
      return value.isEmpty() ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + "=" + value + " is no number", e);
    }
  }

  /** The entries {@code key.0}, {@code key.1} and so on. */
  List<String> list(String key) {
    List<String> values = new ArrayList<>();
    for (int n = 0; welcome.entries().containsKey(key + "." + n); n++) {
      values.add(welcome.required(key + "." + n));
    }
    return values;
  }

  /** The entries that begin with a prefix, without it. */
  Map<String, String> under(String prefix) {
    Map<String, String> values = new LinkedHashMap<>();
    welcome
        .entries()
        .forEach((key, value) -> {
          if (key.startsWith(prefix)) {
            values.put(key.substring(prefix.length()), value);
          }
        });
    return values;
  }

  /** What the accelerators of a node are called: as was said, or by their numbers. */
  List<String> accelerators() {
    List<String> names = list("accelerator");
    for (int n = names.size(); n < number("accelerators", 0); n++) {
      names.add(Integer.toString(n));
    }
    return names;
  }

  /** Whether tasks are programs that span nodes of a block. */
  boolean isMpi() {
    return text("mpi", "").equals("1");
  }

  /** What a worker takes of a node whose tasks name nothing. */
  Request share() {
    int cores = (int) (Devices.WHOLE * decimal("cores_per_worker", 1) + 1e-6);
    return new Request(
        Math.max(1, cores),
        (long) (1024 * decimal("mem_per_worker", 0)),
        accelerators().isEmpty() ? 0 : Devices.WHOLE,
        0);
  }

  /** How many workers a node gets: as many as it may have, but one for each accelerator at most. */
  int workers(NodeResources node) {
    long byAccelerators = number("accelerators", MOST_WORKERS);
    return isMpi() ? mostWorkers(node) : (int) Math.min(mostWorkers(node), byAccelerators);
  }

  /**
   * How many workers a node may have: as many as its cores and its memory are enough for, and as
   * the executor allows.
   */
  int mostWorkers(NodeResources node) {
    if (isMpi()) {
      return Math.clamp(number("max_workers_per_block", 1), 1, MOST_WORKERS);
    }
    double byCores = Math.floor(node.cores() / decimal("cores_per_worker", 1) + 1e-9);
    double memory = decimal("mem_per_worker", 0);
    double byMemory =
        memory == 0 ? MOST_WORKERS : Math.floor(node.memoryMegabytes() / 1024.0 / memory);
    double most =
        Math.min(
            Math.min(byCores, byMemory), (double) number("max_workers_per_node", MOST_WORKERS));
    if (most < 1) {
      throw new IllegalArgumentException(
          "the node has %d cores and %.1f GB, too little for one worker of cores_per_worker=%s%s: ask for less for each, or for nodes that have more"
              .formatted(
                  node.cores(),
                  node.memoryMegabytes() / 1024.0,
                  text("cores_per_worker", "1"),
                  memory == 0 ? "" : " and mem_per_worker=" + text("mem_per_worker", "") + " GB"));
    }
    return (int) Math.min(most, MOST_WORKERS);
  }
}
