package fonio.journal;

import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks that were accepted with one frame. */
final class Batch {
  private final long first;
  private final int count;
  private final long[] parents;
  private byte @Nullable [] frame;
  private int unfinished;
  private int kept;
  private final BitSet ended = new BitSet();
  private final BitSet acknowledged = new BitSet();
  private final RunState.@Nullable Result[] results;
  private final int[] needs;

  Batch(TaskRecord.Accepted accepted) {
    first = accepted.first();
    count = accepted.count();
    parents = accepted.parents();
    frame = accepted.frame();
    unfinished = count;
    results = new RunState.@Nullable Result[count];
    needs = new int[count];
  }

  long first() {
    return first;
  }

  /** The id behind the last task. */
  long end() {
    return first + count;
  }

  long[] parents() {
    return parents;
  }

  private int index(long task) {
    return (int) (task - first);
  }

  /** Ends a task, once; false when it had ended before. */
  boolean end(RunState.Result result) {
    int index = index(result.task());
    if (ended.get(index)) {
      return false;
    }
    ended.set(index);
    results[index] = result;
    kept++;
    unfinished--;
    if (unfinished == 0) {
      frame = null;
    }
    return true;
  }

  /** Whether all tasks have ended. */
  boolean isFinished() {
    return unfinished == 0;
  }

  /** The client has the result; one that is not there yet it cannot have. */
  void acknowledge(long task) {
    int index = index(task);
    if (ended.get(index)) {
      acknowledged.set(index);
      release(index);
    }
  }

  /** One more batch needs the result. */
  void need(long task) {
    needs[index(task)]++;
  }

  void needNoMore(long task) {
    int index = index(task);
    needs[index]--;
    release(index);
  }

  private void release(int index) {
    if (results[index] != null && acknowledged.get(index) && needs[index] == 0) {
      results[index] = null;
      kept--;
    }
  }

  /** Whether nobody asks for it any more. */
  boolean isDone() {
    return unfinished == 0 && kept == 0;
  }

  void pending(Consumer<RunState.Pending> to) {
    byte[] bytes = frame;
    for (int i = ended.nextClearBit(0); bytes != null && i < count; i = ended.nextClearBit(i + 1)) {
      to.accept(new RunState.Pending(first + i, bytes, i));
    }
  }

  /** The results that are kept, of those that the client has, or of the others. */
  void results(Consumer<RunState.Result> to, boolean ofAcknowledged) {
    for (int i = 0; i < count; i++) {
      RunState.Result result = results[i];
      if (result != null && acknowledged.get(i) == ofAcknowledged) {
        to.accept(result);
      }
    }
  }
}
