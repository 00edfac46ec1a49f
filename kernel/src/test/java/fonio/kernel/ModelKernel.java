package fonio.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The kernel as one would write it without regard to cost: objects, sets and lists. */
final class ModelKernel {

  /** A task as an object. */
  static final class Task {
    final long number;
    final int classId;
    final boolean lookUp;
    final Set<Task> unmet = new LinkedHashSet<>();
    final List<Task> dependants = new ArrayList<>();
    TaskState state = TaskState.WAITING;
    int attempt;
    int failures;
    int kills;
    long cause;

    Task(long number, int classId, boolean lookUp) {
      this.number = number;
      this.classId = classId;
      this.lookUp = lookUp;
      this.cause = number;
    }

    boolean ended() {
      return state == TaskState.ENDED_WELL || state == TaskState.ENDED_BADLY;
    }
  }

  /** The ready tasks of one lane and priority. */
  private record Queue(List<Task> returned, List<Task> others) {
    Queue() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    List<Task> inOrder() {
      var all = new ArrayList<>(returned);
      all.addAll(others);
      return all;
    }

    void remove(Task task) {
      returned.remove(task);
      others.remove(task);
    }
  }

  final List<String> told = new ArrayList<>();
  final Map<Long, Task> tasks = new HashMap<>();
  private final Map<Integer, TaskClass> classes;
  private final Map<Integer, TreeMap<Integer, Queue>> lanes = new HashMap<>();

  ModelKernel(Map<Integer, TaskClass> classes) {
    this.classes = classes;
  }

  void submit(long number, int classId, List<Long> parents, boolean lookUp) {
    var task = new Task(number, classId, lookUp);
    tasks.put(number, task);
    for (long parent : parents) {
      if (tasks.get(parent).state == TaskState.ENDED_BADLY) {
        endBadly(task, Ending.DEPENDENCY_FAILED, tasks.get(parent).cause);
        return;
      }
    }
    for (long number2 : parents) {
      Task parent = tasks.get(number2);
      if (!parent.ended() && task.unmet.add(parent)) {
        parent.dependants.add(task);
      }
    }
    if (task.unmet.isEmpty()) {
      proceed(task);
    }
  }

  private void proceed(Task task) {
    if (options(task).promise()) {
      task.state = TaskState.PROMISED;
    } else if (task.lookUp) {
      task.state = TaskState.LOOKING_UP;
      told.add(task.number + " look up");
    } else {
      enqueue(task);
    }
  }

  private TaskClass options(Task task) {
    return classes.get(task.classId);
  }

  private Queue queue(Task task) {
    return lanes
        .computeIfAbsent(options(task).lane(), lane -> new TreeMap<>())
        .computeIfAbsent(options(task).priority(), priority -> new Queue());
  }

  private void enqueue(Task task) {
    task.state = TaskState.READY;
    queue(task).others().add(task);
  }

  List<Task> ready(int lane) {
    var all = new ArrayList<Task>();
    lanes.getOrDefault(lane, new TreeMap<>()).values().forEach(q -> all.addAll(q.inOrder()));
    return all;
  }

  List<Long> take(int lane, int max) {
    List<Task> ready = ready(lane);
    var taken = new ArrayList<Long>();
    while (taken.size() < max
        && taken.size() < ready.size()
        && ready.get(taken.size()).classId == ready.getFirst().classId) {
      taken.add(ready.get(taken.size()).number);
    }
    for (long number : taken) {
      Task task = tasks.get(number);
      queue(task).remove(task);
      task.state = TaskState.HELD;
    }
    return taken;
  }

  long follower(long number) {
    Task task = tasks.get(number);
    if (task == null || task.state != TaskState.HELD || task.dependants.size() != 1) {
      return -1;
    }
    Task child = task.dependants.getFirst();
    boolean fits =
        child.state == TaskState.WAITING
            && child.unmet.size() == 1
            && child.classId == task.classId
            && !child.lookUp;
    if (fits) {
      child.state = TaskState.HELD;
    }
    return fits ? child.number : -1;
  }

  private Task held(long number, int attempt) {
    Task task = tasks.get(number);
    return task != null && task.state == TaskState.HELD && task.attempt == attempt ? task : null;
  }

  boolean succeeded(long number, int attempt) {
    Task task = held(number, attempt);
    if (task != null && !task.unmet.isEmpty()) {
      throw new IllegalStateException("ahead");
    }
    return task != null && endWell(task);
  }

  boolean failed(long number, int attempt) {
    Task task = held(number, attempt);
    if (task == null) {
      return false;
    }
    if (options(task).asks()) {
      task.state = TaskState.ASKED;
      told.add(number + " ask");
      return true;
    }
    return ++task.failures <= options(task).retries()
        ? again(task, false)
        : endBadly(task, Ending.FAILED, number);
  }

  boolean lost(long number, int attempt) {
    Task task = held(number, attempt);
    if (task == null) {
      return false;
    }
    if (!options(task).rerunWhenLost()) {
      return endBadly(task, Ending.LOST, number);
    }
    return ++task.kills < options(task).maxKills()
        ? again(task, true)
        : endBadly(task, Ending.POISONED, number);
  }

  boolean returned(long number, int attempt) {
    Task task = held(number, attempt);
    return task != null && again(task, true);
  }

  boolean cancelled(long number, int attempt) {
    Task task = held(number, attempt);
    return task != null && endBadly(task, Ending.CANCELLED, number);
  }

  boolean cancel(long number) {
    Task task = tasks.get(number);
    return task != null
        && !task.ended()
        && task.state != TaskState.HELD
        && endBadly(task, Ending.CANCELLED, number);
  }

  boolean retry(long number, boolean again) {
    Task task = tasks.get(number);
    if (task == null || task.state != TaskState.ASKED) {
      return false;
    }
    return again ? again(task, false) : endBadly(task, Ending.FAILED, number);
  }

  boolean found(long number, boolean ok) {
    Task task = tasks.get(number);
    if (task == null || task.state != TaskState.LOOKING_UP) {
      return false;
    }
    return ok ? endWell(task) : endBadly(task, Ending.FAILED, number);
  }

  boolean notFound(long number) {
    Task task = tasks.get(number);
    if (task == null || task.state != TaskState.LOOKING_UP) {
      return false;
    }
    enqueue(task);
    return true;
  }

  boolean fulfil(long number, Ending ending) {
    Task task = tasks.get(number);
    if (task.ended()) {
      return false;
    }
    return ending == Ending.SUCCEEDED ? endWell(task) : endBadly(task, ending, number);
  }

  void release(long number) {
    tasks.remove(number);
  }

  private boolean again(Task task, boolean front) {
    task.attempt++;
    if (!task.unmet.isEmpty()) {
      task.state = TaskState.WAITING;
    } else if (front) {
      task.state = TaskState.READY;
      queue(task).returned().addFirst(task);
    } else {
      enqueue(task);
    }
    return true;
  }

  private boolean endWell(Task task) {
    task.state = TaskState.ENDED_WELL;
    told.add(task.number + " SUCCEEDED");
    for (Task child : task.dependants) {
      child.unmet.remove(task);
      if (child.unmet.isEmpty() && child.state == TaskState.WAITING) {
        proceed(child);
      }
    }
    return true;
  }

  private boolean endBadly(Task first, Ending ending, long cause) {
    end(first, ending, cause);
    var spreading = new ArrayDeque<Task>(List.of(first));
    while (!spreading.isEmpty()) {
      Task task = spreading.remove();
      for (Task child : task.dependants) {
        child.unmet.remove(task);
        if (!child.ended()) {
          end(child, Ending.DEPENDENCY_FAILED, cause);
          spreading.add(child);
        }
      }
    }
    return true;
  }

  private void end(Task task, Ending ending, long cause) {
    if (task.state == TaskState.READY) {
      queue(task).remove(task);
    }
    task.state = TaskState.ENDED_BADLY;
    task.cause = cause;
    told.add(task.number + " " + ending + (cause == task.number ? "" : " by " + cause));
  }
}
