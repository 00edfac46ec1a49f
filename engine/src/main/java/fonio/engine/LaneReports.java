package fonio.engine;

import fonio.executors.Outcomes;
import fonio.kernel.Kernel;
import fonio.kernel.TaskState;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.Status;

/** What the lanes report of a client's tasks, as events of the kernel. */
final class LaneReports implements Outcomes {
  private final Dataflow dataflow;
  private final Kernel kernel;
  private final Holdings holdings;
  private final Result ending;
  private final Account account;
  private final ClientPort client;

  /**
   * @param ending the result that comes with the event at hand
   */
  LaneReports(
      Dataflow dataflow,
      Kernel kernel,
      Holdings holdings,
      Result ending,
      Account account,
      ClientPort client) {
    this.dataflow = dataflow;
    this.kernel = kernel;
    this.holdings = holdings;
    this.ending = ending;
    this.account = account;
    this.client = client;
  }

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts, int from) {
    long ran = frame.ranNanos();
    if (ran > 0) {
      account.workNanos += ran;
    }
    int block = holdings.open(frame);
    for (int i = 0; i < frame.count(); i++) {
      long task = tasks[from + i];
      int attempt = attempts[from + i];
      ending.set(task, frame, i, block, holdings.bytes(block));
      boolean taken =
          switch (frame.status(i)) {
            case Status.OK -> kernel.succeeded(task, attempt);
            case Status.SKIPPED -> kernel.returned(task, attempt);
            default -> failed(task, attempt);
          };
      if (!taken || isToRunAgain(task)) {
        holdings.dropStale(frame, i);
      }
    }
    holdings.close(block);
    dataflow.settle();
  }

  private boolean isToRunAgain(long task) {
    TaskState state = kernel.state(task);
    return state == TaskState.READY || state == TaskState.WAITING;
  }

  @Override
  public void returned(long task, int attempt) {
    kernel.returned(task, attempt);
    dataflow.settle();
  }

  @Override
  public void lost(long task, int attempt, Fault fault) {
    account.workersLost++;
    ending.set(task, Status.FAULT, fault.encode());
    kernel.lost(task, attempt);
    dataflow.settle();
  }

  @Override
  public void killed(long task, int attempt) {
    ending.set(task, Status.CANCELLED, Result.NOTHING);
    kernel.cancelled(task, attempt);
    dataflow.settle();
  }

  @Override
  public void failed(long task, int attempt, Fault fault) {
    ending.set(task, Status.FAULT, fault.encode());
    failed(task, attempt);
    dataflow.settle();
  }

  /** Should it have ended meanwhile, whoever asked knows that by its result. */
  @Override
  public void recalled(long task) {
    dataflow.cancel(task);
  }

  @Override
  public void tooLate(long task) {
    client.verdict(task);
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
}
