package fonio.manager;

import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of tasks need of this node: those that name something, by their options.
 *
 * @see Packing
 */
final class Sizes {
  private static final List<String> SIZES = List.of("cores", "memory_mb", "accelerators", "nodes");
  private static final int MOST = 1_000_000;

  private final Capacity capacity;
  private final Request otherwise;
  private final boolean all;
  private final Map<Integer, Request> requests = new HashMap<>();
  private final Map<Integer, ClassDefinition> definitions = new HashMap<>();

  /**
   * @param otherwise what a task needs where its class does not say
   * @param all whether classes that name nothing count as if they named that
   */
  Sizes(Capacity capacity, Request otherwise, boolean all) {
    this.capacity = capacity;
    this.otherwise = otherwise;
    this.all = all;
  }

  /** Learns of a class; what it needs, or null when it names nothing. */
  @Nullable Request define(ClassDefinition definition) {
    Map<String, String> options = definition.options();
    requests.remove(definition.id());
    if (!all && SIZES.stream().noneMatch(options::containsKey)) {
      return null;
    }
    Request request =
        new Request(
            thousandths(options, "cores", otherwise.cores()),
            (long) number(options, "memory_mb", (double) otherwise.memoryMegabytes()),
            thousandths(options, "accelerators", otherwise.accelerators()),
            (int) number(options, "nodes", otherwise.nodes()));
    requests.put(definition.id(), request);
    definitions.put(definition.id(), definition);
    return request;
  }

  /** What a task of a class needs; null when its class names nothing. */
  @Nullable Request of(int classId) {
    return requests.isEmpty() ? null : requests.get(classId);
  }

  /** The options of a class that names what it needs. */
  Map<String, String> options(int classId) {
    ClassDefinition definition = definitions.get(classId);
    return definition == null ? Map.of() : definition.options();
  }

  private static int thousandths(Map<String, String> options, String key, int otherwise) {
    double value = number(options, key, (double) otherwise / Devices.WHOLE);
    return Math.max(value > 0 ? 1 : 0, (int) (Devices.WHOLE * value + 1e-6));
  }

  private static double number(Map<String, String> options, String key, double otherwise) {
    String text = options.getOrDefault(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0) {
        return Math.min(value, key.equals("memory_mb") ? 1e15 : MOST);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "the option %s=%s of a class is no number from 0 on".formatted(key, text));
  }

  /** How many tasks that need so much leave nothing of the node. */
  int mostAtATime(Request request) {
    return request.timesToFill(capacity.whole());
  }

  /** Whether tasks that need so much can ever run here. */
  boolean canHold(Request request) {
    return capacity.canHold(request);
  }

  /** Says that tasks of a class can never run here. */
  Fault refusal(long task, int classId, Request request, String host) {
    Request whole = capacity.whole();
    String name = options(classId).getOrDefault("name", "task");
    if (request.nodes() > whole.nodes()) {
      return new Fault(
          "MPINodesUnavailable",
          "task %d (%s) needs %d nodes, its block has %d (%s): ask for fewer num_nodes, or give the provider more nodes_per_block"
              .formatted(
                  task, name, request.nodes(), whole.nodes(), String.join(", ", capacity.nodes())),
          Map.of("task", "" + task, "host", host));
    }
    return new Fault(
        "InvalidResources",
        "task %d (%s) needs %s; a node of this executor (%s) has %s: ask for less, or use an executor whose nodes have more"
            .formatted(task, name, text(request), host, text(whole)),
        Map.of("task", "" + task, "host", host));
  }

  private static String text(Request request) {
    List<String> parts = new ArrayList<>();
    parts.add(amount(request.cores(), "core"));
    if (request.memoryMegabytes() > 0) {
      parts.add("%.1f GB of memory".formatted(request.memoryMegabytes() / 1024.0));
    }
    parts.add(amount(request.accelerators(), "accelerator"));
    return String.join(", ", parts);
  }

  private static String amount(int thousandths, String what) {
    double amount = (double) thousandths / Devices.WHOLE;
    String number = amount == Math.rint(amount) ? "" + (long) amount : "" + amount;
    return number + " " + what + (amount == 1 ? "" : "s");
  }
}
