package fonio.engine;

import fonio.executors.Payloads;
import fonio.wire.FrameWriter;
import org.jspecify.annotations.Nullable;

/** The bytes of this JVM's tasks for worker processes; only for the holder of the baton. */
final class LanePayloads implements Payloads {
  private final Core core;
  private @Nullable LocalTask<?> lastParent;

  LanePayloads(Core core) {
    this.core = core;
  }

  @Override
  public int parentCount(long task) {
    return core.tasks.get(task).parentCount();
  }

  /** Whoever asks for the bytes of a parent has named it just before: it may have ended. */
  @Override
  public long parent(long task, int place) {
    LocalTask<?> parent = core.tasks.get(task).parent(place);
    lastParent = parent;
    return parent.row;
  }

  @Override
  public int argumentLength(long task) {
    return core.tasks.get(task).packed().length;
  }

  @Override
  public void putArguments(long task, FrameWriter writer) {
    byte[] bytes = core.tasks.get(task).packed();
    writer.payload(bytes, 0, bytes.length);
  }

  @Override
  public int resultLength(long parent) {
    return named(parent).packedResult().length;
  }

  @Override
  public void putResult(long parent, FrameWriter writer) {
    LocalTask<?> task = named(parent);
    byte[] bytes = task.packedResult();
    writer.payload(bytes, 0, bytes.length);
    task.unpackResult();
  }

  private LocalTask<?> named(long parent) {
    LocalTask<?> last = lastParent;
    if (last == null || last.row != parent) {
      throw new IllegalStateException("task " + parent + " was not named as a parent just before");
    }
    return last;
  }
}
