package fonio.engine;

import fonio.executors.Payloads;
import fonio.wire.FrameWriter;
import fonio.worker.Values;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of this JVM's tasks for worker processes; only for the holder of the baton. */
final class LanePayloads implements Payloads {
  private final Core core;
  private final Map<Long, byte[]> results = new HashMap<>();
  private @Nullable LocalTask<?> lastParent;

  LanePayloads(Core core) {
    this.core = core;
  }

  private RemoteTask<?> task(long row) {
    if (core.tasks.get(row) instanceof RemoteTask<?> task) {
      return task;
    }
    throw new IllegalStateException("task " + row + " belongs to this JVM's threads");
  }

  @Override
  public int parentCount(long task) {
    return task(task).parentCount();
  }

  /** Whoever asks for the bytes of a parent has named it just before: it may have ended. */
  @Override
  public long parent(long task, int place) {
    LocalTask<?> parent = task(task).parent(place);
    lastParent = parent;
    return parent.row;
  }

  @Override
  public int argumentLength(long task) {
    return task(task).packed().length;
  }

  @Override
  public void putArguments(long task, FrameWriter writer) {
    byte[] bytes = task(task).packed();
    writer.payload(bytes, 0, bytes.length);
  }

  @Override
  public int resultLength(long parent) {
    return result(parent).length;
  }

  @Override
  public void putResult(long parent, FrameWriter writer) {
    byte[] bytes = result(parent);
    writer.payload(bytes, 0, bytes.length);
  }

  private byte[] result(long parent) {
    LocalTask<?> task = lastParent;
    if (task == null || task.row != parent) {
      throw new IllegalStateException("task " + parent + " was not named as a parent just before");
    }
    return results.computeIfAbsent(
        parent, row -> Values.encodeOrSay(task.outcome(), "the result of task " + task.id()));
  }

  /** Drops the bytes of results that were measured or written. */
  void forget() {
    results.clear();
    lastParent = null;
  }
}
