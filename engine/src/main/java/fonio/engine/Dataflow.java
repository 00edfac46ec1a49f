package fonio.engine;

import fonio.executors.Outcomes;
import fonio.executors.Payloads;
import fonio.kernel.Census;
import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import fonio.wire.ClassDefinition;
import fonio.wire.ElementCounts;
import fonio.wire.Flag;
import fonio.wire.FrameView;
import fonio.wire.Length;
import fonio.wire.Status;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's tasks: the kernel decides, the task table holds the bytes, and every ending becomes
 * a result for the client.
 */
final class Dataflow implements Effects {
  /*
   * Concurrency: the loop's thread alone.
   *
   * The kernel must not be changed while it tells an effect, so an effect only notes what follows (in the holdings and
   * `toLookUp`) and settle() does it once the event is over.
   *
   * `ending` is the result that comes with the event at hand: it belongs to the task that the event names, not to the
   * dependants that end with it.
   */
  private final Kernel kernel;
  private final Census census;
  private final TaskTable table = new TaskTable();
  private final Payloads payloads = new TaskPayloads(table);
  private final Holdings holdings;
  private final Outcomes reports;
  private final Catalog catalog;
  private final DependencyFailures failures;
  private final Outbox outbox;
  private final Account account;
  private final LongSupplier nanoClock;
  private final ClientPort client;
  private final LongList toLookUp = new LongList();
  private @Nullable Memory memory;
  private @Nullable History history;
  private @Nullable RunJournal journal;
  private final OpenResults openResults;
  private @Nullable Reasons reasons;

  private final Result ending = new Result();
  private long[] parentIds = new long[64];

  /**
   * @param firstAttempt the attempt of every task at first
   */
  Dataflow(
      int firstAttempt,
      Catalog catalog,
      Outbox outbox,
      Account account,
      ClientPort client,
      LongConsumer deleteSegment,
      LongSupplier nanoClock) {
    this.kernel = new Kernel(this, firstAttempt);
    this.census = kernel.census();
    this.catalog = catalog;
    this.failures = new DependencyFailures(table, task -> catalog.name(kernel.classOf(task)));
    this.outbox = outbox;
    this.account = account;
    this.client = client;
    this.nanoClock = nanoClock;
    this.holdings = new Holdings(table, kernel, deleteSegment);
    this.openResults = new OpenResults(kernel, table, holdings, outbox, nanoClock);
    this.reports = new LaneReports(this, kernel, holdings, ending, account, client);
  }

  Kernel kernel() {
    return kernel;
  }

  /** Where the lanes get the bytes of tasks. */
  Payloads payloads() {
    return payloads;
  }

  /** Where the lanes say what came of tasks. */
  Outcomes reports() {
    return reports;
  }

  /** What may have to be sent to a client again. */
  OpenResults openResults() {
    return openResults;
  }

  /** Names what drops the copies of a large result that nobody needs any more. */
  void copies(LongConsumer drop) {
    holdings.copies(drop);
  }

  void memory(Memory memory) {
    this.memory = memory;
  }

  /** Where it is written down what the client has. */
  void journal(RunJournal journal) {
    this.journal = journal;
  }

  /** Where failures are written down, and what says why they are. */
  void history(History history, Reasons reasons) {
    this.history = history;
    this.reasons = reasons;
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

  void submitOne(FrameView frame, Batch batch, long task, int i) {
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
    int block = holdings.open(frame);
    for (int i = 0; i < frame.count(); i++) {
      long task = frame.task(i);
      ending.set(task, frame, i, block, holdings.bytes(block));
      Ending how =
          switch (frame.status(i)) {
            case Status.OK -> Ending.SUCCEEDED;
            case Status.CANCELLED -> Ending.CANCELLED;
            default -> Ending.FAILED;
          };
      if (!kernel.fulfil(task, how)) {
        holdings.dropStale(frame, i);
      }
    }
    holdings.close(block);
    settle();
  }

  /** Notes what the client knows of the elements of maps, in chunks of a class. */
  void elements(ElementCounts counts, long chunk, int classId) {
    account.add(counts);
    if (history != null && !counts.error().isEmpty()) {
      history.failed(chunk, catalog.name(classId), Ending.FAILED, counts::error);
    }
  }

  void acknowledge(int frames) {
    for (int n = 0; n < frames; n++) {
      int[] ids = outbox.acknowledged();
      if (journal != null) {
        journal.acknowledged(ids);
      }
      for (int id : ids) {
        holdings.acknowledged(Integer.toUnsignedLong(id));
      }
    }
    settle();
  }

  /** The client has read, or dropped, a result that was kept for it. */
  void release(long task) {
    holdings.unkeep(task);
    settle();
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
      holdings.dropResult(task);
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
    } else {
      holdings.dropStale(payload, lengthColumn);
    }
    settle();
  }

  /** No result is stored for a task that is looked up: it runs. */
  void notFound(long task) {
    kernel.notFound(task);
    settle();
  }

  // What the kernel tells.

  @Override
  public void ended(long task, Ending how, long cause) {
    int classId = kernel.classOf(task);
    if (classId == Restorer.FORMER) {
      return;
    }
    account.ended(how);
    if (how == Ending.DEPENDENCY_FAILED) {
      ending.set(task, Status.DEPENDENCY, failures.of(task, cause).encode());
    }
    if (how == Ending.POISONED) {
      ending.set(task, Status.FAULT, Faults.poisoned(task, ending).encode());
    }
    if (ending.task == task) {
      holdings.hold(task, ending);
    } else {
      table.load(task, ending);
    }
    if (catalog.isPromise(classId) && how == Ending.SUCCEEDED) {
      outbox.add(task, Status.OK, 0, Result.NOTHING, 0, nanoClock.getAsLong());
    } else {
      outbox.add(task, ending, nanoClock.getAsLong());
      if (Length.isSegment(ending.lengthColumn)) {
        holdings.keepForClient(task);
      }
    }
    if (memory != null) {
      memory.ended(task, how, ending);
    }
    Reasons why = reasons;
    if (history != null && why != null && how != Ending.SUCCEEDED && how != Ending.CANCELLED) {
      history.failed(task, nameOf(task), how, () -> why.of(ending));
    }
    holdings.dropArguments(task);
  }

  @Override
  public void ask(long task) {
    holdings.hold(task, ending);
    client.ask(task, ending);
  }

  @Override
  public void lookUp(long task) {
    toLookUp.add(task);
  }

  // What follows an event.

  /** Ends every event of the kernel. */
  void settle() {
    holdings.settle();
    ending.clear();
    if (memory != null && toLookUp.size() > 0) {
      long[] tasks = toLookUp.toArray();
      toLookUp.clear();
      for (long task : tasks) {
        memory.lookUp(task);
      }
    }
    account.runnable(census.count(TaskState.READY) + census.count(TaskState.HELD), nanoClock);
  }

  /** The number of the lane that a known task belongs to. */
  int laneOf(long task) {
    return catalog.lane(kernel.classOf(task));
  }

  /** The name of a known task's function. */
  String nameOf(long task) {
    return catalog.name(kernel.classOf(task));
  }

  /** The name of a class's function. */
  String className(int classId) {
    return catalog.name(classId);
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
    return census.pending();
  }

  /** How many batches of arguments and blocks of results are in memory. */
  int held() {
    return holdings.size();
  }

  void close() {
    kernel.close();
  }
}
