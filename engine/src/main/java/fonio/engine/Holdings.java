package fonio.engine;

import fonio.kernel.Kernel;
import fonio.wire.FrameView;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The bytes that an engine holds for a client's tasks, and when they may go. */
final class Holdings {
  /*
   * A row lives until the client has acknowledged the result and no unfinished dependant needs it (pins); a result in a
   * segment in addition until the client says RELEASE (kept). What is found superfluous during an event of the kernel is
   * noted in `releases` and goes after it, as the kernel must not be changed while it tells an effect.
   */
  private final TaskTable table;
  private final Kernel kernel;
  private final LongConsumer deleteSegment;
  private final LongList releases = new LongList();
  private LongConsumer dropCopies = task -> {};

  Holdings(TaskTable table, Kernel kernel, LongConsumer deleteSegment) {
    this.table = table;
    this.kernel = kernel;
    this.deleteSegment = deleteSegment;
  }

  /** Names what else goes with a result in a segment. */
  void copies(LongConsumer drop) {
    dropCopies = drop;
  }

  // What comes.

  /** Copies the payloads of a frame; 0 if it has none. */
  int open(FrameView frame) {
    if (frame.blobLength() == 0) {
      return 0;
    }
    return table.addBlock(
        new ResultBlock(Arrays.copyOfRange(frame.array(), frame.blobOffset(), frame.end())));
  }

  byte[] bytes(int block) {
    return block == 0 ? Result.NOTHING : table.block(block).bytes;
  }

  /** All results of the frame are noted: a block that none of them needs goes. */
  void close(int block) {
    if (block != 0) {
      table.dropIfUnused(block);
    }
  }

  /** Holds a result; an empty good one needs nothing. */
  void hold(long task, Result result) {
    if (result.lengthColumn == 0 && result.status == Status.OK) {
      return;
    }
    if (result.block == 0 && result.lengthColumn != 0) {
      result.block = table.addBlock(new ResultBlock(result.bytes));
    }
    table.setResult(task, result);
  }

  /** A result in a segment stays for the client beyond its acknowledgement. */
  void keepForClient(long task) {
    table.keep(task);
  }

  // What goes.

  void acknowledged(long task) {
    if (table.acknowledged(task)) {
      releases.add(task);
    }
  }

  /** The client has read, or dropped, a result that was kept for it. */
  void unkeep(long task) {
    if (kernel.knows(task) && table.unkeep(task)) {
      releases.add(task);
    }
  }

  /** The task has ended: its arguments go, and its claim on its parents' results. */
  void dropArguments(long task) {
    Batch batch = table.batch(task);
    if (batch == null) {
      return;
    }
    if (Length.isSegment(batch.lengthColumn(task))) {
      deleteSegment(batch.blob, batch.start(task));
    }
    for (int p = 0; p < batch.parentCount(task); p++) {
      long parent = batch.parent(task, p);
      if (table.unpin(parent)) {
        releases.add(parent);
      }
    }
    table.dropArguments(task);
  }

  /** The task will run again. */
  void dropResult(long task) {
    deleteResultSegment(task);
    table.dropResult(task);
  }

  /** The i-th result of a frame is wanted by nobody, as its attempt is over. */
  void dropStale(FrameView frame, int i) {
    if (frame.isSegment(i)) {
      deleteSegment(frame.array(), frame.payloadOffset(i));
    }
  }

  /** A result that was never held is wanted by nobody. */
  void dropStale(byte[] payload, int lengthColumn) {
    if (Length.isSegment(lengthColumn)) {
      deleteSegment(payload, 0);
    }
  }

  /** Lets go of what the event has made superfluous. */
  void settle() {
    for (int i = 0; i < releases.size(); i++) {
      long task = releases.get(i);
      deleteResultSegment(task);
      table.release(task);
      kernel.release(task);
    }
    releases.clear();
  }

  private void deleteResultSegment(long task) {
    if (Length.isSegment(table.resultLengthColumn(task))) {
      deleteSegment(table.resultBytes(task), table.resultOffset(task));
      dropCopies.accept(task);
    }
  }

  private void deleteSegment(byte[] bytes, int offset) {
    deleteSegment.accept(SegmentReference.decode(bytes, offset).segment());
  }

  /** How many batches of arguments and blocks of results are in memory. */
  int size() {
    return table.batchesHeld() + table.blocksHeld();
  }
}
