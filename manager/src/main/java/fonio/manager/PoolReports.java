package fonio.manager;

import fonio.pool.Faults;
import fonio.pool.PoolListener;
import fonio.pool.WorkerDeath;
import fonio.wire.FrameView;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Tells the interchange what the pool tells.
 *
 * @param manager name of the manager
 * @param fails hears why the manager cannot go on
 */
record PoolReports(String manager, Results to, Uplink uplink, Consumer<String> fails)
    implements PoolListener {
  @Override
  public void results(int worker, FrameView frame, long[] tasks, int[] attempts) {
    to.relay(frame, tasks, attempts);
  }

  @Override
  public void returned(long task, int attempt) {
    to.ended(task, attempt, Status.SKIPPED);
  }

  @Override
  public void lost(long task, int attempt, WorkerDeath death) {
    to.lost(task, attempt, Faults.lost(task, death));
  }

  @Override
  public void killed(long task, int attempt) {
    to.ended(task, attempt, Status.CANCELLED);
  }

  @Override
  public void timedOut(long task, int attempt, long walltimeMillis) {
    to.fault(task, attempt, Faults.timedOut(task, walltimeMillis));
  }

  @Override
  public void unusable(WorkerDeath death) {
    String why = Faults.unusable("manager " + manager, death).message();
    fails.accept(why);
    uplink.say(Kind.FAULT, 0, 0, why.getBytes(StandardCharsets.UTF_8));
    uplink.doWork();
  }

  @Override
  public void output(int worker, boolean error, String text) {
    uplink.say(Kind.LOG, error ? 2 : 1, worker, text.getBytes(StandardCharsets.UTF_8));
  }
}
