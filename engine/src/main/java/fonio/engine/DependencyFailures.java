package fonio.engine;

import fonio.wire.DependencyFailure;
import fonio.wire.Length;
import fonio.wire.Status;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Tells why a task cannot run: the chain from it to the task at the root, and what happened there.
 */
final class DependencyFailures {
  private final TaskTable table;
  private final LongFunction<String> names;
  private final Result result = new Result();

  /**
   * @param names the name of a known task's function
   */
  DependencyFailures(TaskTable table, LongFunction<String> names) {
    this.table = table;
    this.names = names;
  }

  /** The failure of a task whose parent, or a parent's parent, is {@code cause}. */
  DependencyFailure of(long task, long cause) {
    String name = names.apply(task);
    Batch batch = table.batch(task);
    for (int p = 0; batch != null && p < batch.parentCount(task); p++) {
      long parent = batch.parent(task, p);
      if (parent != cause && table.status(parent) == Status.DEPENDENCY) {
        table.load(parent, result);
        DependencyFailure above =
            DependencyFailure.decode(result.bytes, result.offset, result.lengthColumn);
        return new DependencyFailure(
            Chains.longer(name, above.chain()), above.status(), above.cause());
      }
    }
    return ofRoot(name + " <- " + names.apply(cause) + " (task " + cause + ")", cause);
  }

  private DependencyFailure ofRoot(String chain, long cause) {
    table.load(cause, result);
    if (Length.isSegment(result.lengthColumn)) {
      return new DependencyFailure(chain, Status.FAULT, Faults.errorTooLarge(cause).encode());
    }
    int end = result.offset + Length.bytes(result.lengthColumn);
    return new DependencyFailure(
        chain, result.status, Arrays.copyOfRange(result.bytes, result.offset, end));
  }
}
