package fonio.engine;

import fonio.executors.Payloads;
import fonio.wire.FrameWriter;
import fonio.wire.Length;

/** The bytes of tasks, as lanes ask for them: out of the task table. */
final class TaskPayloads implements Payloads {
  private final TaskTable table;

  TaskPayloads(TaskTable table) {
    this.table = table;
  }

  @Override
  public int parentCount(long task) {
    Batch batch = table.batch(task);
    return batch == null ? 0 : batch.parentCount(task);
  }

  @Override
  public long parent(long task, int place) {
    Batch batch = table.batch(task);
    if (batch == null) {
      throw new IllegalArgumentException("task " + task + " has no parents");
    }
    return batch.parent(task, place);
  }

  @Override
  public int argumentLength(long task) {
    Batch batch = table.batch(task);
    return batch == null ? 0 : batch.lengthColumn(task);
  }

  @Override
  public void putArguments(long task, FrameWriter writer) {
    Batch batch = table.batch(task);
    if (batch != null) {
      writer.payload(batch.blob, batch.start(task), Length.bytes(batch.lengthColumn(task)));
    }
  }

  @Override
  public int resultLength(long parent) {
    return table.resultLengthColumn(parent);
  }

  @Override
  public void putResult(long parent, FrameWriter writer) {
    int length = Length.bytes(table.resultLengthColumn(parent));
    writer.payload(table.resultBytes(parent), table.resultOffset(parent), length);
  }
}
