package fonio.engine;

import fonio.executors.Outcomes;
import fonio.executors.Payloads;
import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import fonio.wire.ClassDefinition;
import fonio.wire.ElementCounts;
import fonio.wire.Fault;
import fonio.wire.Flag;
import fonio.wire.FrameView;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's tasks: the kernel decides, the task table holds the bytes, and every ending becomes
 * a result for the client.
 */
final class Dataflow implements Effects, Outcomes {
  /*
   * Concurrency: the loop's thread alone.
   *
   * The kernel must not be changed while it tells an effect, so an effect only notes what follows (`releases`,
   * `toLookUp`) and settle() does it once the event is over.
   *
   * `ending` is the result that comes with the event at hand: it belongs to the task that the event names, not to the
   * dependants that end with it.
   *
   * A row lives until the client has acknowledged the result and no unfinished dependant needs it (pins); a result in a
   * segment in addition until the client says RELEASE (kept).
   */
  private final Kernel kernel;
  private final TaskTable table = new TaskTable();
  private final Payloads payloads = new TaskPayloads(table);
  private final Catalog catalog;
  private final DependencyFailures failures;
  private final Outbox outbox;
  private final Account account;
  private final LongConsumer deleteSegment;
  private final LongSupplier nanoClock;
  private final LongList releases = new LongList();
  private final ClientPort client;
  private final LongList toLookUp = new LongList();
  private @Nullable Memory memory;
  private @Nullable History history;

  private final Result ending = new Result();
  private long[] parentIds = new long[64];

  Dataflow(
      Catalog catalog,
      Outbox outbox,
      Account account,
      ClientPort client,
      LongConsumer deleteSegment,
      LongSupplier nanoClock) {
    this.kernel = new Kernel(this);
    this.catalog = catalog;
    this.failures = new DependencyFailures(table, task -> catalog.name(kernel.classOf(task)));
    this.outbox = outbox;
    this.account = account;
    this.client = client;
    this.deleteSegment = deleteSegment;
    this.nanoClock = nanoClock;
  }

  Kernel kernel() {
    return kernel;
  }

  /** Where the lanes get the bytes of tasks. */
  Payloads payloads() {
    return payloads;
  }

  void memory(Memory memory) {
    this.memory = memory;
  }

  void history(History history) {
    this.history = history;
  }

  // What the client says.

  void define(ClassDefinition definition) {
    kernel.define(definition.id(), catalog.define(definition));
  }

  /** Takes the tasks of a SUBMIT frame. */
  void submit(FrameView frame) {
    int count = frame.count();
    long first = Integer.toUnsignedLong(frame.first());
    account.submitted += count;
    boolean keys = frame.extensionLength() > 0;
    if (keys && frame.extensionLength() != count * Batch.KEY_BYTES) {
      throw new IllegalArgumentException(
          "a SUBMIT of " + count + " tasks has " + frame.extensionLength() + " bytes of memo keys");
    }
    Batch batch = Batches.of(frame);
    table.submitted(first, count, batch);
    if (!keys && !frame.has(Flag.DEPENDENCIES)) {
      submitRuns(frame, first, count);
    } else {
      for (int i = 0; i < count; i++) {
        submitOne(frame, batch, first + i, i);
      }
    }
    settle();
  }

  private void submitRuns(FrameView frame, long first, int count) {
    int from = 0;
    while (from < count) {
      int classId = frame.classOf(from);
      int to = from + 1;
      while (to < count && frame.classOf(to) == classId) {
        to++;
      }
      kernel.submit(first + from, to - from, classId);
      from = to;
    }
  }

  private void submitOne(FrameView frame, Batch batch, long task, int i) {
    int parents = frame.parentCount(i);
    if (parents > parentIds.length) {
      parentIds = new long[Math.max(parents, parentIds.length * 2)];
    }
    for (int p = 0; p < parents; p++) {
      long parent = frame.parent(frame.firstParent(i) + p);
      if (!kernel.knows(parent)) {
        throw new IllegalArgumentException(
            "task "
                + task
                + " names task "
                + parent
                + " as its parent, which is unknown or already released");
      }
      parentIds[p] = parent;
    }
    for (int p = 0; p < parents; p++) {
      table.pin(parentIds[p]);
    }
    int flags = memory != null && batch.memoKey(task) != null ? Kernel.LOOK_UP : 0;
    kernel.submit(task, frame.classOf(i), parentIds, 0, parents, flags);
  }

  /** Takes the endings of promises from a client's RESULTS frame. */
  void fulfil(FrameView frame) {
    int block = blockOf(frame);
    for (int i = 0; i < frame.count(); i++) {
      long task = frame.task(i);
      ending.set(task, frame, i, block, bytes(block));
      Ending how =
          switch (frame.status(i)) {
            case Status.OK -> Ending.SUCCEEDED;
            case Status.CANCELLED -> Ending.CANCELLED;
            default -> Ending.FAILED;
          };
      if (!kernel.fulfil(task, how)) {
        dropStale(frame, i);
      }
    }
    closeBlock(block);
    settle();
  }

  /** Notes what the client knows of the elements of maps, in chunks of a class. */
  void elements(ElementCounts counts, long chunk, int classId) {
    account.add(counts);
    if (history != null && !counts.error().isEmpty()) {
      history.failed(chunk, catalog.name(classId), Ending.FAILED, counts.error());
    }
  }

  void acknowledge(int frames) {
    for (int n = 0; n < frames; n++) {
      for (int id : outbox.acknowledged()) {
        acknowledge(Integer.toUnsignedLong(id));
      }
    }
    settle();
  }

  private void acknowledge(long task) {
    if (table.acknowledged(task)) {
      releases.add(task);
    }
  }

  /** The client has read, or dropped, a result that was kept for it. */
  void release(long task) {
    if (kernel.knows(task) && table.unkeep(task)) {
      releases.add(task);
      settle();
    }
  }

  /** Cancels a task that no worker has; false when it is too late for that. */
  boolean cancel(long task) {
    ending.set(task, Status.CANCELLED, Result.NOTHING);
    boolean done = kernel.cancel(task);
    settle();
    return done;
  }

  void retry(long task, boolean again) {
    if (kernel.state(task) != TaskState.ASKED) {
      return;
    }
    if (again) {
      account.retries++;
      deleteResultSegment(task);
      table.dropResult(task);
    }
    kernel.retry(task, again);
    settle();
  }

  /** A stored result stands for a run of a task that is looked up. */
  void found(long task, int status, byte[] payload, int lengthColumn) {
    ending.set(task, status, payload);
    ending.lengthColumn = lengthColumn;
    if (kernel.found(task, status == Status.OK)) {
      account.memoHits++;
    } else if (Length.isSegment(lengthColumn)) {
      deleteSegment.accept(SegmentReference.decode(payload, 0).segment());
    }
    settle();
  }

  /** No result is stored for a task that is looked up: it runs. */
  void notFound(long task) {
    kernel.notFound(task);
    settle();
  }

  // What the lanes say.

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts, int from) {
    long ran = frame.ranNanos();
    if (ran > 0) {
      account.workNanos += ran;
    }
    int block = blockOf(frame);
    for (int i = 0; i < frame.count(); i++) {
      long task = tasks[from + i];
      int attempt = attempts[from + i];
      int status = frame.status(i);
      ending.set(task, frame, i, block, bytes(block));
      boolean taken =
          switch (status) {
            case Status.OK -> kernel.succeeded(task, attempt);
            case Status.SKIPPED -> kernel.returned(task, attempt);
            default -> failed(task, attempt);
          };
      if (!taken || isToRunAgain(task)) {
        dropStale(frame, i);
      }
    }
    closeBlock(block);
    settle();
  }

  private boolean isToRunAgain(long task) {
    TaskState state = kernel.state(task);
    return state == TaskState.READY || state == TaskState.WAITING;
  }

  @Override
  public void returned(long task, int attempt) {
    kernel.returned(task, attempt);
    settle();
  }

  @Override
  public void lost(long task, int attempt, Fault fault) {
    account.workersLost++;
    ending.set(task, Status.FAULT, fault.encode());
    kernel.lost(task, attempt);
    settle();
  }

  @Override
  public void killed(long task, int attempt) {
    ending.set(task, Status.CANCELLED, Result.NOTHING);
    kernel.cancelled(task, attempt);
    settle();
  }

  @Override
  public void failed(long task, int attempt, Fault fault) {
    ending.set(task, Status.FAULT, fault.encode());
    failed(task, attempt);
    settle();
  }

  @Override
  public void unusable(int lane, Fault fault) {
    long[] taken = new long[256];
    while (kernel.isReady(lane)) {
      int count = kernel.take(lane, taken.length, taken, 0);
      for (int i = 0; i < count; i++) {
        failed(taken[i], kernel.attempt(taken[i]), fault);
      }
    }
  }

  @Override
  public void output(int worker, boolean error, String text) {
    client.output(worker, error, text);
  }

  private boolean failed(long task, int attempt) {
    boolean taken = kernel.failed(task, attempt);
    if (taken && kernel.knows(task) && kernel.state(task) == TaskState.READY) {
      account.retries++;
    }
    return taken;
  }

  // What the kernel tells.

  @Override
  public void ended(long task, Ending how, long cause) {
    account.ended(how);
    if (how == Ending.DEPENDENCY_FAILED) {
      ending.set(task, Status.DEPENDENCY, failures.of(task, cause).encode());
    }
    if (how == Ending.POISONED) {
      ending.set(task, Status.FAULT, Faults.poisoned(task, ending).encode());
    }
    if (ending.task == task) {
      store(task);
    } else {
      table.load(task, ending);
    }
    boolean promise = catalog.isPromise(kernel.classOf(task));
    if (promise && how == Ending.SUCCEEDED) {
      outbox.add(task, Status.OK, 0, Result.NOTHING, 0, nanoClock.getAsLong());
    } else {
      outbox.add(task, ending, nanoClock.getAsLong());
      if (Length.isSegment(ending.lengthColumn)) {
        table.keep(task);
      }
    }
    if (memory != null) {
      memory.ended(task, how, ending);
    }
    if (history != null && how != Ending.SUCCEEDED && how != Ending.CANCELLED) {
      history.failed(task, nameOf(task), how, ending);
    }
    forgetArguments(task);
  }

  @Override
  public void ask(long task) {
    store(task);
    client.ask(task, ending);
  }

  @Override
  public void lookUp(long task) {
    toLookUp.add(task);
  }

  private void store(long task) {
    if (ending.lengthColumn == 0 && ending.status == Status.OK) {
      return;
    }
    if (ending.block == 0 && ending.lengthColumn != 0) {
      ending.block = table.addBlock(new ResultBlock(ending.bytes));
    }
    table.setResult(task, ending);
  }

  private void forgetArguments(long task) {
    Batch batch = table.batch(task);
    if (batch == null) {
      return;
    }
    if (Length.isSegment(batch.lengthColumn(task))) {
      deleteSegment.accept(SegmentReference.decode(batch.blob, batch.start(task)).segment());
    }
    for (int p = 0; p < batch.parentCount(task); p++) {
      long parent = batch.parent(task, p);
      if (table.unpin(parent)) {
        releases.add(parent);
      }
    }
    table.dropArguments(task);
  }

  // What follows an event.

  private void settle() {
    for (int i = 0; i < releases.size(); i++) {
      drop(releases.get(i));
    }
    releases.clear();
    ending.clear();
    if (memory != null && toLookUp.size() > 0) {
      long[] tasks = toLookUp.toArray();
      toLookUp.clear();
      for (long task : tasks) {
        memory.lookUp(task);
      }
    }
    account.runnable(kernel.count(TaskState.READY) + kernel.count(TaskState.HELD), nanoClock);
  }

  private void drop(long task) {
    deleteResultSegment(task);
    table.release(task);
    kernel.release(task);
  }

  private void deleteResultSegment(long task) {
    if (Length.isSegment(table.resultLengthColumn(task))) {
      deleteSegment.accept(
          SegmentReference.decode(table.resultBytes(task), table.resultOffset(task)).segment());
    }
  }

  private byte[] bytes(int block) {
    return block == 0 ? Result.NOTHING : table.block(block).bytes;
  }

  private int blockOf(FrameView frame) {
    if (frame.blobLength() == 0) {
      return 0;
    }
    return table.addBlock(
        new ResultBlock(Arrays.copyOfRange(frame.array(), frame.blobOffset(), frame.end())));
  }

  private void closeBlock(int block) {
    if (block != 0) {
      table.dropIfUnused(block);
    }
  }

  /** A result that nobody wants, as its attempt is over: its segment goes. */
  private void dropStale(FrameView frame, int i) {
    if (frame.isSegment(i)) {
      deleteSegment.accept(
          SegmentReference.decode(frame.array(), frame.payloadOffset(i)).segment());
    }
  }

  /** The number of the lane that a known task belongs to. */
  int laneOf(long task) {
    return catalog.lane(kernel.classOf(task));
  }

  /** The name of a known task's function. */
  String nameOf(long task) {
    return catalog.name(kernel.classOf(task));
  }

  /** The batch of a task that has a memo key. */
  Batch batch(long task) {
    Batch batch = table.batch(task);
    if (batch == null) {
      throw new IllegalArgumentException("task " + task + " has no batch");
    }
    return batch;
  }

  /** Loads the result of a task that has ended well. */
  void load(long task, Result into) {
    table.load(task, into);
  }

  /** How many tasks have not ended. */
  long pending() {
    return kernel.pending();
  }

  /** How many batches of arguments and blocks of results are in memory. */
  int held() {
    return table.batchesHeld() + table.blocksHeld();
  }

  void close() {
    kernel.close();
  }
}
