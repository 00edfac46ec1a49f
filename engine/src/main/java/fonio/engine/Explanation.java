package fonio.engine;

import fonio.executors.Lane;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why a task waits, who has it, or how it ended. */
final class Explanation {
  private static final int MOST_NAMED = 5;
  private static final int LONGEST_CHAIN = 10_000;

  private final Dataflow dataflow;
  private final Kernel kernel;
  private final List<Lane> lanes;
  private final Reasons reasons;

  /**
   * @param reasons says why a result is none
   */
  Explanation(Dataflow dataflow, List<Lane> lanes, Reasons reasons) {
    this.dataflow = dataflow;
    this.kernel = dataflow.kernel();
    this.lanes = lanes;
    this.reasons = reasons;
  }

  /** What is known of a task: where it stands, and {@code why}, of several lines. */
  Map<String, String> of(long task) {
    TaskState state = kernel.state(task);
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("task", Long.toString(task));
    entries.put("state", state.name().toLowerCase(Locale.ROOT));
    if (state == TaskState.UNKNOWN) {
      entries.put("last_task", Long.toString(kernel.lastTask()));
    } else {
      entries.put("function", dataflow.nameOf(task));
      entries.put("attempt", Integer.toString(kernel.furtherAttempts(task)));
      if (hasLane(state)) {
        entries.put("executor", lane(task).label());
      }
    }
    entries.put("why", String.join("\n", lines(task, state)));
    return entries;
  }

  private boolean hasLane(TaskState state) {
    return !lanes.isEmpty() && (state == TaskState.READY || state == TaskState.HELD);
  }

  private List<String> lines(long task, TaskState state) {
    return switch (state) {
      case UNKNOWN ->
          task > kernel.lastTask() || task < 1
              ? List.of("there is no such task: the last one submitted is " + kernel.lastTask())
              : List.of("it has ended, and the client has its result");
      case WAITING -> waiting(task);
      case LOOKING_UP -> List.of("it is looked up whether its result is stored");
      case READY -> ready(task);
      case HELD -> List.of(held(task));
      case ASKED -> List.of("it has failed, and the client's retry handler decides what follows");
      case PROMISED -> List.of("the client ends it; it waits for the tasks that a join app made");
      case ENDED_WELL -> List.of("it ended well; the client has yet to acknowledge its result");
      case ENDED_BADLY -> List.of("it failed: " + reason(task));
    };
  }

  private List<String> waiting(long task) {
    List<Long> open = openParents(task);
    List<String> lines = new ArrayList<>();
    lines.add(
        "it waits for %d of the %d tasks that it depends on: %s%s"
            .formatted(
                open.size(),
                dataflow.batch(task).parentCount(task),
                open.stream().limit(MOST_NAMED).map(this::named).collect(Collectors.joining(", ")),
                open.size() > MOST_NAMED ? ", ..." : ""));
    long first = first(task);
    if (first != task) {
      lines.add("of all that it waits for, " + named(first) + " comes first:");
      lines(first, kernel.state(first)).forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  /** The task at the beginning of the chain of first parents that have not ended. */
  private long first(long task) {
    long first = task;
    for (int i = 0; i < LONGEST_CHAIN && kernel.state(first) == TaskState.WAITING; i++) {
      List<Long> open = openParents(first);
      if (open.isEmpty()) {
        return first;
      }
      first = open.getFirst();
    }
    return kernel.state(first) == TaskState.WAITING ? task : first;
  }

  private List<Long> openParents(long task) {
    Batch batch = dataflow.batch(task);
    List<Long> open = new ArrayList<>();
    for (int i = 0; i < batch.parentCount(task); i++) {
      long parent = batch.parent(task, i);
      TaskState state = kernel.state(parent);
      if (state != TaskState.ENDED_WELL
          && state != TaskState.ENDED_BADLY
          && !open.contains(parent)) {
        open.add(parent);
      }
    }
    return open;
  }

  private String named(long task) {
    return "task %d (%s)".formatted(task, dataflow.nameOf(task));
  }

  private List<String> ready(long task) {
    Lane lane = lane(task);
    List<String> obstacles = lane.obstacles();
    List<String> lines = new ArrayList<>();
    int ready = kernel.readyCount(dataflow.laneOf(task));
    lines.add(
        "it could run%s; %s"
            .formatted(
                ready == 1
                    ? ""
                    : ", as could others of executor %s, %d in all".formatted(lane.label(), ready),
                obstacles.isEmpty() ? "a worker is free" : "but"));
    lines.addAll(obstacles);
    return lines;
  }

  private String held(long task) {
    return lane(task).holder(task).orElse("executor " + lane(task).label() + " has it");
  }

  private Lane lane(long task) {
    return lanes.get(dataflow.laneOf(task));
  }

  private String reason(long task) {
    Result result = new Result();
    dataflow.load(task, result);
    return reasons.of(result);
  }
}
