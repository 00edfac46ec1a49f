package fonio.engine;

import fonio.kernel.TaskClass;
import fonio.wire.ClassDefinition;
import java.util.HashMap;
import java.util.Map;

/**
 * The functions and classes that a client has defined: names for people, options for the kernel.
 */
final class Catalog {
  private static final int DEFAULT_KILLS = 3;

  private final Map<String, Integer> lanes;
  private final Map<Integer, ClassDefinition> classes = new HashMap<>();
  private final Map<Integer, Integer> laneOfClass = new HashMap<>();
  private final Map<Integer, Boolean> promises = new HashMap<>();

  /**
   * @param lanes number of each executor's lane, by the executor's label
   */
  Catalog(Map<String, Integer> lanes) {
    this.lanes = Map.copyOf(lanes);
  }

  /** Notes a class and translates its options for the kernel. */
  TaskClass define(ClassDefinition definition) {
    classes.put(definition.id(), definition);
    boolean promise = definition.function() == 0;
    promises.put(definition.id(), promise);
    if (promise) {
      return TaskClass.ofPromises();
    }
    Map<String, String> options = definition.options();
    String label = options.getOrDefault("lane", "");
    Integer lane = label.isEmpty() ? Integer.valueOf(0) : lanes.get(label);
    if (lane == null) {
      throw new IllegalArgumentException(
          "class "
              + definition.id()
              + " names the executor '"
              + label
              + "'; there are "
              + lanes.keySet());
    }
    laneOfClass.put(definition.id(), lane);
    return new TaskClass(
        lane,
        number(definition, "retries", 0),
        number(definition, "priority", 0),
        !options.getOrDefault("on_worker_lost", "rerun").equals("fail"),
        number(definition, "kills", DEFAULT_KILLS),
        options.getOrDefault("ask", "").equals("retry"),
        false);
  }

  /** The number of the lane that a class's tasks run in. */
  int lane(int classId) {
    return laneOfClass.getOrDefault(classId, 0);
  }

  boolean isPromise(int classId) {
    return promises.getOrDefault(classId, false);
  }

  /** The name of a class's function, for people. */
  String name(int classId) {
    ClassDefinition definition = classes.get(classId);
    return definition == null
        ? (classId == Restorer.FORMER ? "task" : "class " + classId)
        : definition.options().getOrDefault("name", "class " + classId);
  }

  private static int number(ClassDefinition definition, String key, int otherwise) {
    String value = definition.options().get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "class " + definition.id() + ": " + key + "=" + value + " is no whole number", e);
    }
  }
}
