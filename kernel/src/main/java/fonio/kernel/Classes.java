package fonio.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The classes that were defined, each with the queue its ready tasks stand in, and the lanes these
 * queues belong to.
 */
final class Classes {

  private static final int MAX_ID = 65_535;

  private final Rows rows;
  private final @Nullable Lane[] lanes = new Lane[TaskClass.MAX_LANE + 1];
  private @Nullable TaskClass[] options = new TaskClass[16];
  private @Nullable ReadyQueue[] queues = new ReadyQueue[16];

  Classes(Rows rows) {
    this.rows = rows;
  }

  void define(int classId, TaskClass defined) {
    if (classId < 0 || classId > MAX_ID) {
      throw new IllegalArgumentException(
          "class " + classId + " cannot be defined; its number must be between 0 and " + MAX_ID);
    }
    if (classId >= options.length) {
      int length = Math.max(classId + 1, Math.min(2 * options.length, MAX_ID + 1));
      options = Arrays.copyOf(options, length);
      queues = Arrays.copyOf(queues, length);
    }
    TaskClass known = options[classId];
    if (known != null && !known.equals(defined)) {
      throw new IllegalArgumentException(
          "class "
              + classId
              + " is "
              + known
              + " already and cannot become "
              + defined
              + "; define it under a new number");
    }
    options[classId] = defined;
    queues[classId] = lane(defined.lane()).queue(defined.priority());
  }

  private Lane lane(int number) {
    Lane lane = lanes[number];
    if (lane == null) {
      lane = new Lane(rows);
      lanes[number] = lane;
    }
    return lane;
  }

  /** The options of a class; an error names one that was not defined. */
  TaskClass options(int classId) {
    TaskClass defined = classId >= 0 && classId < options.length ? options[classId] : null;
    if (defined == null) {
      throw new IllegalArgumentException(
          "class " + classId + " is not defined; define it before its first task");
    }
    return defined;
  }

  /** The options of a task's class. */
  TaskClass of(int row) {
    return options(rows.classId(row));
  }

  ReadyQueue queueOf(int row) {
    return queue(rows.classId(row));
  }

  ReadyQueue queue(int classId) {
    ReadyQueue queue = queues[classId];
    if (queue == null) {
      throw new IllegalArgumentException(
          "class " + classId + " is not defined; define it before its first task");
    }
    return queue;
  }

  /** The lane with at least one ready task; else null. */
  @Nullable Lane readyLane(int number) {
    Lane lane = number >= 0 && number < lanes.length ? lanes[number] : null;
    return lane == null || lane.ready() == 0 ? null : lane;
  }
}
