package fonio.kernel;

import java.util.Arrays;

/** The ready tasks of one lane: a queue for each priority that occurs, the lowest number first. */
final class Lane {

  private final Rows rows;
  private ReadyQueue[] queues = new ReadyQueue[0];
  private int firstFilled;
  private int ready;

  Lane(Rows rows) {
    this.rows = rows;
  }

  /** The queue of a priority, made when it is first asked for. */
  ReadyQueue queue(int priority) {
    int at = 0;
    while (at < queues.length && queues[at].priority() < priority) {
      at++;
    }
    if (at < queues.length && queues[at].priority() == priority) {
      return queues[at];
    }
    var queue = new ReadyQueue(rows, this, priority);
    insert(queue, at);
    return queue;
  }

  private void insert(ReadyQueue queue, int at) {
    int size = queues.length;
    queues = Arrays.copyOf(queues, size + 1);
    System.arraycopy(queues, at, queues, at + 1, size - at);
    queues[at] = queue;
    for (int i = at; i < queues.length; i++) {
      queues[i].position(i);
    }
    firstFilled = 0;
  }

  void more(int count, int position) {
    ready += count;
    firstFilled = Math.min(firstFilled, position);
  }

  void less(int count) {
    ready -= count;
  }

  int ready() {
    return ready;
  }

  /** The queue to take from; there must be a ready task. */
  ReadyQueue best() {
    while (queues[firstFilled].ready() == 0) {
      firstFilled++;
    }
    return queues[firstFilled];
  }
}
