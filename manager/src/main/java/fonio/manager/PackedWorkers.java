package fonio.manager;

import fonio.pool.Pool;
import java.util.Map;
import java.util.function.Function;

/** The workers of a pool, as those who share out the node see them. */
final class PackedWorkers implements Packing.Workers {
  private final Pool pool;
  private final Function<SizedTask, Map<String, String>> options;
  private final AllotmentLines lines;

  /**
   * @param options the options of a task's class
   * @param lines what a worker is told of its allotment
   */
  PackedWorkers(Pool pool, Function<SizedTask, Map<String, String>> options, AllotmentLines lines) {
    this.pool = pool;
    this.options = options;
    this.lines = lines;
  }

  @Override
  public int count() {
    return pool.workers();
  }

  @Override
  public boolean hasTasks(int worker) {
    return pool.hasTasks(worker);
  }

  @Override
  public boolean isFree(int worker) {
    return pool.isFree(worker);
  }

  @Override
  public void hold(int worker, boolean held) {
    pool.hold(worker, held);
  }

  @Override
  public void start(int worker, SizedTask task, Allotment allotment) {
    pool.allot(worker, lines.of(allotment, options.apply(task)));
    pool.prepare(worker, task.classId()).whole(task.frame());
    long[] tasks = task.tasks();
    pool.sent(worker, task.classId(), tasks, task.attempts(), 0, tasks.length);
  }

  @Override
  public void ended(int worker) {
    pool.allot(worker, Map.of());
  }
}
