package fonio.manager;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A task that is to wait in a backlog.
 *
 * @param parent the task before it, whose result its worker has; 0 for none
 */
record Waiting(long task, int attempt, long parent) {
  Waiting(long task, int attempt) {
    this(task, attempt, 0);
  }

  static Waiting behind(long task, long parent) {
    return new Waiting(task, 0, parent);
  }

  String text() {
    return task + "/" + attempt;
  }

  /** The bytes of a task's arguments. */
  static byte[] payload(long task) {
    return ("payload" + task)
        .repeat((int) (task % 4))
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Adds tasks of a class in one frame. */
  static void add(Backlog backlog, int classId, List<Waiting> tasks) {
    int count = tasks.size();
    long[] ids = tasks.stream().mapToLong(Waiting::task).toArray();
    int[] attempts = tasks.stream().mapToInt(Waiting::attempt).toArray();
    int[] lengths = tasks.stream().mapToInt(waiting -> payload(waiting.task).length).toArray();
    int[] counts = tasks.stream().mapToInt(waiting -> waiting.parent == 0 ? 0 : 1).toArray();
    int[] parents =
        tasks.stream().filter(w -> w.parent != 0).mapToInt(w -> (int) w.parent).toArray();
    int[] local = new int[parents.length];
    java.util.Arrays.fill(local, Length.LOCAL);
    ByteQueue queue = new ByteQueue();
    FrameWriter writer = new FrameWriter(queue);
    writer
        .begin(Kind.TASKS, classId, count, count == 0 ? 0 : (int) ids[0])
        .ids(ids, 0, 0)
        .lengths(lengths, 0)
        .parents(counts, parents, local)
        .attempts(attempts, 0);
    for (long id : ids) {
      writer.payload(payload(id), 0, payload(id).length);
    }
    writer.end();
    FrameView frame = new FrameView();
    frame.next(queue);
    backlog.add(frame);
  }

  /** Some tasks, of which some wait for the one before. */
  static List<Waiting> random(RandomGenerator random, int attempt) {
    List<Waiting> tasks = new ArrayList<>();
    long task = random.nextLong(1, 50);
    for (int i = random.nextInt(6); i >= 0; i--) {
      long parent = !tasks.isEmpty() && random.nextInt(3) == 0 ? tasks.getLast().task : 0;
      tasks.add(new Waiting(task, attempt, parent));
      task += random.nextInt(1, 4);
    }
    return tasks;
  }

  /** Makes those free whose parent is not right before them. */
  static void repair(List<Waiting> tasks) {
    for (int i = 0; i < tasks.size(); i++) {
      Waiting it = tasks.get(i);
      if (it.parent != 0 && (i == 0 || tasks.get(i - 1).task != it.parent)) {
        tasks.set(i, new Waiting(it.task, it.attempt));
      }
    }
  }

  /** A task of a list and those behind it that wait for it, directly or not. */
  static List<Waiting> chain(List<Waiting> all, long task) {
    List<Waiting> chain = new ArrayList<>();
    for (Waiting one : all) {
      if (chain.isEmpty() ? one.task == task : one.parent == chain.getLast().task) {
        chain.add(one);
      } else if (!chain.isEmpty()) {
        break;
      }
    }
    return chain;
  }
}
