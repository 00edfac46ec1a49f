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
import fonio.wire.FrameView;
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
   * the look-ups) and settle() does it once the event is over.
   */
  private final Kernel kernel;
  private final Census census;
  private final TaskTable table = new TaskTable();
  private final Payloads payloads = new TaskPayloads(table);
  private final Holdings holdings;
  private final Outcomes reports;
  private final Catalog catalog;
  private final Outbox outbox;
  private final Account account;
  private final LongSupplier nanoClock;
  private final ClientPort client;
  private final LookUps lookUps = new LookUps();
  private final OpenResults openResults;
  private final Submissions submissions;
  private final Endings endings;
  private @Nullable RunJournal journal;

  /** The result that comes with the event at hand. */
  private final Result ending = new Result();

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
    this.outbox = outbox;
    this.account = account;
    this.client = client;
    this.nanoClock = nanoClock;
    this.holdings = new Holdings(table, kernel, deleteSegment);
    this.submissions = new Submissions(kernel, table, account);
    this.endings =
        new Endings(
            table,
            holdings,
            catalog,
            new DependencyFailures(table, task -> catalog.name(kernel.classOf(task))),
            outbox,
            account,
            nanoClock,
            ending);
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

  /** Names what answers tasks that have a memo key. */
  void memory(Memory memory) {
    lookUps.memory(memory);
    submissions.askMemory();
    endings.memory(memory);
  }

  /** Where it is written down what the client has. */
  void journal(RunJournal journal) {
    this.journal = journal;
  }

  /** Where failures are written down, and what says why they are. */
  void history(History history, Reasons reasons) {
    endings.history(history, reasons);
  }

  // What the client says.

  void define(ClassDefinition definition) {
    kernel.define(definition.id(), catalog.define(definition));
  }

  /** Takes the tasks of a SUBMIT frame. */
  void submit(FrameView frame) {
    submissions.take(frame);
    settle();
  }

  /** Takes a task of a frame, whose parents are known. */
  void submitOne(FrameView frame, Batch batch, long task, int i) {
    submissions.take(frame, batch, task, i);
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
    endings.elements(counts, chunk, classId);
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
    if (classId != Restorer.FORMER) {
      endings.ended(task, classId, how, cause);
    }
  }

  @Override
  public void ask(long task) {
    holdings.hold(task, ending);
    client.ask(task, ending);
  }

  @Override
  public void lookUp(long task) {
    lookUps.add(task);
  }

  // What follows an event.

  /** Ends every event of the kernel. */
  void settle() {
    holdings.settle();
    ending.clear();
    lookUps.settle();
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
