package fonio.manager;

import fonio.pool.Pool;
import fonio.wire.FrameWriter;

/** A pool, as the backlog sees it. */
record PoolFeed(Pool pool) implements Backlog.Feed {
  @Override
  public int workers() {
    return pool.workers();
  }

  @Override
  public int choose(int classId) {
    return pool.choose(classId);
  }

  @Override
  public int room(int worker, int classId) {
    return pool.room(worker, classId);
  }

  @Override
  public FrameWriter prepare(int worker, int classId) {
    return pool.prepare(worker, classId);
  }

  @Override
  public void sent(int worker, int classId, long[] tasks, int[] attempts, int count) {
    pool.sent(worker, classId, tasks, attempts, 0, count);
  }

  @Override
  public void balance(int ready) {
    pool.balance(ready);
  }
}
