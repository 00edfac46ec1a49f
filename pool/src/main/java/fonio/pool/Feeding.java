package fonio.pool;

import fonio.wire.Definitions;
import fonio.wire.FrameWriter;
import java.util.List;

/** Which worker is sent how many tasks of a class. */
final class Feeding implements Placement.View {
  private final List<Worker> workers;
  private final Credit credit;
  private final Definitions definitions;
  private final Placement placement;
  private final int maxTasksPerChild;
  private final boolean sharedQueue;
  private int classId;

  Feeding(List<Worker> workers, Credit credit, Definitions definitions, PoolConfig config) {
    this.workers = workers;
    this.credit = credit;
    this.definitions = definitions;
    this.placement = config.placement();
    this.maxTasksPerChild = config.maxTasksPerChild();
    this.sharedQueue = config.sharedQueue();
  }

  /** The worker that gets the next tasks of a class; -1 when none has room. */
  int choose(int classId) {
    this.classId = classId;
    return placement.choose(this);
  }

  @Override
  public int workers() {
    return workers.size();
  }

  @Override
  public int room(int worker) {
    return room(worker, classId);
  }

  @Override
  public int load(int worker) {
    return workers.get(worker).inFlight.size();
  }

  /** How many tasks of a class a worker may be sent now. */
  int room(int index, int classId) {
    Worker worker = workers.get(index);
    if (!worker.isReady()
        || worker.held
        || worker.isHeldUp()
        || (sharedQueue && hasFrameAhead(worker))) {
      return 0;
    }
    InFlight inFlight = worker.inFlight;
    int room = credit.room(classId, inFlight.size(), inFlight.queuedNanos());
    return maxTasksPerChild == 0
        ? room
        : Math.min(room, maxTasksPerChild - worker.answered - inFlight.size());
  }

  private static boolean hasFrameAhead(Worker worker) {
    long reached = Math.max(worker.inFlight.head(), worker.running());
    return reached < worker.youngestFrame;
  }

  /** The writer of a worker's frames, after what it must know for the class. */
  FrameWriter prepare(Worker worker, int classId) {
    definitions.ensure(worker.known, worker.writer, classId);
    return worker.writer;
  }

  /** Notes the tasks of a frame. */
  void sent(Worker worker, int classId, long[] sent, int[] under, int from, int count) {
    worker.youngestFrame = worker.inFlight.tail();
    long estimate = credit.estimateNanos(classId);
    for (int i = from; i < from + count; i++) {
      worker.inFlight.add(sent[i], under[i], classId, estimate);
    }
  }
}
