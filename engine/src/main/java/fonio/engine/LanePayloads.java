package fonio.engine;

import fonio.executors.Payloads;
import fonio.wire.FrameWriter;
import fonio.wire.Length;
import fonio.worker.LargeValues;
import fonio.worker.Values;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of this JVM's tasks for worker processes; only for the holder of the baton. */
final class LanePayloads implements Payloads {

  /*
   * The result of a parent is encoded for each pass of the lanes. A large one is in a segment that stays until all dependants that
   * were sent with it have ended, as any of them may be run again.
   */

  private final Core core;
  private final LargeValues values;
  private final Map<Long, byte[]> results = new HashMap<>();
  private final Map<Long, LargePayload> large = new HashMap<>();
  private @Nullable RemoteTask<?> lastChild;
  private @Nullable LocalTask<?> lastParent;

  LanePayloads(Core core, LargeValues values) {
    this.core = core;
    this.values = values;
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
    RemoteTask<?> child = task(task);
    LocalTask<?> parent = child.parent(place);
    lastChild = child;
    lastParent = parent;
    return parent.row;
  }

  @Override
  public int argumentLength(long task) {
    return task(task).lengthColumn();
  }

  @Override
  public void putArguments(long task, FrameWriter writer) {
    byte[] bytes = task(task).packed();
    writer.payload(bytes, 0, bytes.length);
  }

  @Override
  public int resultLength(long parent) {
    byte[] bytes = result(parent);
    return large.containsKey(parent) ? Length.SEGMENT : bytes.length;
  }

  @Override
  public void putResult(long parent, FrameWriter writer) {
    byte[] bytes = result(parent);
    writer.payload(bytes, 0, bytes.length);
  }

  private byte[] result(long parent) {
    LocalTask<?> task = lastParent;
    RemoteTask<?> child = lastChild;
    if (task == null || child == null || task.row != parent) {
      throw new IllegalStateException("task " + parent + " was not named as a parent just before");
    }
    LargePayload stored = large.get(parent);
    if (stored != null && !stored.isRemoved()) {
      child.claim(stored);
      return stored.reference();
    }
    byte[] known = results.get(parent);
    return known == null ? encoded(task, child) : known;
  }

  private byte[] encoded(LocalTask<?> parent, RemoteTask<?> child) {
    String what = "the result of task " + parent.id();
    byte[] bytes = Values.encodeOrSay(parent.outcome(), what);
    if (bytes.length > LargeValues.INLINE_BYTES) {
      try {
        LargePayload stored = new LargePayload(values, bytes);
        child.claim(stored);
        large.put(parent.row, stored);
        return stored.reference();
      } catch (RuntimeException noRoom) {
        bytes = Values.refusal(what + " cannot travel: " + noRoom.getMessage());
      }
    }
    results.put(parent.row, bytes);
    return bytes;
  }

  /** Drops the bytes of results that were measured or written, and what all dependants have had. */
  void forget() {
    results.clear();
    large.values().removeIf(LargePayload::isRemoved);
    lastParent = null;
    lastChild = null;
  }
}
