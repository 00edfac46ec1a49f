package fonio.pool;

import java.util.Arrays;

/**
 * The tasks that one worker has, by sequence number: a queue in primitive arrays.
 *
 * <p>The oldest has number {@link #head()}, the next to be sent gets {@link #tail()}. A recalled
 * entry stays until the worker has answered it too; its attempt is {@link #RECALLED} then.
 */
final class InFlight {
  /** The attempt of an entry that was given back already; no attempt of a task is negative. */
  static final int RECALLED = -1;

  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private int[] classes = new int[64];
  private long[] estimates = new long[64];
  private long head = 1;
  private long tail = 1;
  private int size;
  private long queuedNanos;

  /** Number of the oldest entry that is not answered. */
  long head() {
    return head;
  }

  /** Number that the next task gets. */
  long tail() {
    return tail;
  }

  /** How many tasks the worker has. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How long what the worker has will take, by estimate. */
  long queuedNanos() {
    return queuedNanos;
  }

  void add(long task, int attempt, int classId, long estimateNanos) {
    if (tail - head == tasks.length) {
      grow();
    }
    int at = at(tail);
    tasks[at] = task;
    attempts[at] = attempt;
    classes[at] = classId;
    estimates[at] = estimateNanos;
    queuedNanos += estimateNanos;
    size++;
    tail++;
  }

  /** Whether a number is that of a task the worker still has. */
  boolean has(long sequence) {
    return sequence >= head && sequence < tail && attempts[at(sequence)] != RECALLED;
  }

  long task(long sequence) {
    return tasks[at(sequence)];
  }

  int attempt(long sequence) {
    return attempts[at(sequence)];
  }

  int classId(long sequence) {
    return classes[at(sequence)];
  }

  long estimateNanos(long sequence) {
    return estimates[at(sequence)];
  }

  /** The number of a task, -1 when the worker does not have it. */
  long find(long task) {
    for (long s = head; s < tail; s++) {
      if (tasks[at(s)] == task && has(s)) {
        return s;
      }
    }
    return -1;
  }

  /** Tells each task that the worker still has, the oldest first. */
  void forEach(Pool.TaskConsumer consumer) {
    for (long s = head; s < tail; s++) {
      if (has(s)) {
        consumer.accept(task(s), attempt(s));
      }
    }
  }

  /** Takes the oldest entry out, as it is answered; its number, or -1 when there is none. */
  long next() {
    if (head == tail) {
      return -1;
    }
    long sequence = head;
    if (has(sequence)) {
      remove(sequence);
    }
    head++;
    return sequence;
  }

  /** Marks a task as given back: its answer will be of no interest. */
  void recall(long sequence) {
    remove(sequence);
    attempts[at(sequence)] = RECALLED;
  }

  private void remove(long sequence) {
    queuedNanos -= estimates[at(sequence)];
    size--;
  }

  /** Forgets everything: a new process counts from 1. */
  void clear() {
    head = 1;
    tail = 1;
    size = 0;
    queuedNanos = 0;
  }

  private void grow() {
    int old = tasks.length;
    long[] oldTasks = tasks;
    int[] oldAttempts = attempts;
    int[] oldClasses = classes;
    long[] oldEstimates = estimates;
    tasks = new long[old * 2];
    attempts = Arrays.copyOf(attempts, old * 2);
    classes = Arrays.copyOf(classes, old * 2);
    estimates = Arrays.copyOf(estimates, old * 2);
    for (long s = head; s < tail; s++) {
      int from = (int) s & (old - 1);
      int to = at(s);
      tasks[to] = oldTasks[from];
      attempts[to] = oldAttempts[from];
      classes[to] = oldClasses[from];
      estimates[to] = oldEstimates[from];
    }
  }

  private int at(long sequence) {
    return (int) sequence & (tasks.length - 1);
  }
}
