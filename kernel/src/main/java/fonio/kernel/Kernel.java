package fonio.kernel;

/**
 * The dataflow kernel: the table of all tasks of a run, and what is to happen with them next.
 *
 * <p>A task is submitted, waits for the tasks that it depends on, stands in the queue of its lane,
 * is taken by an executor, and ends by one of its answers. An answer names the <em>attempt</em>
 * under which the task was taken; the number rises whenever the task is to run again, so that the
 * answer of an attempt that was given up returns false and changes nothing.
 */
public final class Kernel implements AutoCloseable {

  /*
   * Concurrency: one thread at a time; nothing here is synchronized. Whoever passes the kernel on to another thread orders the
   * accesses (the baton, a queue).
   *
   * Invariants, between two events:
   *   - READY = linked in exactly one queue and counted there; a row that is linked but not READY is dead and counted as dead;
   *   - WAITING = at least one unmet dependency; LOOKING_UP, READY and PROMISED = none;
   *   - HELD with an unmet dependency = sent ahead (AHEAD): the executor runs it behind its parent, or gives it back; or adopted;
   *   - an ended task has no edges to dependants, was told to the effects once, and never leaves its state but by release.
   */

  /**
   * A flag of {@link #submit(long, int, long[], int, int, int)}: a stored result is asked for
   * before the task runs.
   */
  public static final int LOOK_UP = 1;

  private final Rows rows;
  private final Edges edges = new Edges();
  private final Classes classes;
  private final Notices notices;
  private final Graph graph;
  private final Intake intake;
  private final Answers answers;
  private final Verdicts verdicts;
  private final Census census;

  /** An empty kernel that tells these effects. */
  public Kernel(Effects effects) {
    this(effects, 0);
  }

  /**
   * An empty kernel whose tasks may be in the hands of executors under attempts of another kernel.
   *
   * @param firstAttempt the attempt of every task at first, above all that the other kernel gave
   */
  public Kernel(Effects effects, int firstAttempt) {
    rows = new Rows(firstAttempt);
    classes = new Classes(rows);
    notices = new Notices(effects);
    graph = new Graph(rows, edges, classes, notices);
    intake = new Intake(rows, classes, graph);
    answers = new Answers(rows, classes, graph, notices);
    verdicts = new Verdicts(rows, classes, graph);
    census = new Census(rows, edges, notices);
  }

  /** Defines a class of tasks (0 to 65,535); again only with equal options. */
  public void define(int classId, TaskClass options) {
    notices.checkQuiet();
    classes.define(classId, options);
  }

  /** Submits consecutive tasks that depend on nothing; the first one follows the last submitted. */
  public void submit(long first, int count, int classId) {
    notices.checkQuiet();
    intake.submit(first, count, classId);
  }

  /**
   * Submits a task that depends on {@code parents[from..to)}, none of them released.
   *
   * @param flags 0 or {@link #LOOK_UP}
   */
  public void submit(long task, int classId, long[] parents, int from, int to, int flags) {
    notices.checkQuiet();
    intake.submit(task, classId, parents, from, to, flags);
  }

  /**
   * Takes ready tasks of a lane, the lowest priority first, then the oldest: all of one class, at
   * most {@code max}. They are HELD from here on.
   *
   * @return how many were written to {@code into}, from {@code at} on
   */
  public int take(int lane, int max, long[] into, int at) {
    notices.checkQuiet();
    Lane ready = classes.readyLane(lane);
    return ready == null || max <= 0 ? 0 : ready.best().take(max, into, at);
  }

  /** The class of the task that {@link #take} gives next; -1 if none is ready. */
  public int nextClass(int lane) {
    Lane ready = classes.readyLane(lane);
    return ready == null ? -1 : ready.best().nextClass();
  }

  /** How many tasks of a lane are ready. */
  public int readyCount(int lane) {
    Lane ready = classes.readyLane(lane);
    return ready == null ? 0 : ready.ready();
  }

  /** Whether a task of a lane is ready. */
  public boolean isReady(int lane) {
    return classes.readyLane(lane) != null;
  }

  /**
   * Sends a task ahead: the only dependant of a HELD task, if it waits for nothing else, is of the
   * same class and asks for no stored result. It is HELD from here on and must run behind its
   * parent on the same worker, which skips it when the parent does not end well.
   *
   * @return the task; -1 if there is none
   */
  public long follower(long task) {
    notices.checkQuiet();
    int row = rows.row(task);
    if (row == Rows.NONE || !rows.in(row, TaskState.HELD)) {
      return -1;
    }
    int child = graph.onlyDependant(row);
    if (child == Rows.NONE
        || !rows.in(child, TaskState.WAITING)
        || rows.classId(child) != rows.classId(row)
        || rows.is(child, Rows.LOOK_UP)) {
      return -1;
    }
    rows.move(child, TaskState.HELD);
    rows.mark(child, Rows.AHEAD);
    return rows.task(child);
  }

  /**
   * Notes that an executor has a task since before this kernel was: HELD under that attempt. It may
   * end before what it waits for, as the executor has all that it needs.
   *
   * @return false when the task is not to run in that lane, or was taken already
   */
  public boolean adopt(int lane, long task, int attempt) {
    notices.checkQuiet();
    int row = rows.row(task);
    if (row == Rows.NONE || !rows.isFresh(row)) {
      return false;
    }
    TaskClass options = classes.of(row);
    return !options.promise() && options.lane() == lane && graph.adopt(row, attempt);
  }

  /** The epoch under which a known task runs, or will run. */
  public int attempt(long task) {
    return rows.attempt(known(task));
  }

  /** How often a known task was to run again: 0 at first. */
  public int furtherAttempts(long task) {
    return rows.furtherAttempts(known(task));
  }

  /** The class of a known task. */
  public int classOf(long task) {
    return rows.classId(known(task));
  }

  /** Where a task stands; UNKNOWN if it was never submitted or is released. */
  public TaskState state(long task) {
    int row = rows.row(task);
    return row == Rows.NONE ? TaskState.UNKNOWN : rows.state(row);
  }

  /** Whether a task was submitted and is not released. */
  public boolean knows(long task) {
    return rows.row(task) != Rows.NONE;
  }

  private int known(long task) {
    int row = rows.row(task);
    if (row == Rows.NONE) {
      throw new IllegalArgumentException(
          "task "
              + task
              + " is unknown: released, or not yet submitted; the last one submitted is "
              + rows.lastTask());
    }
    return row;
  }

  /** Answer: it has a result. */
  public boolean succeeded(long task, int attempt) {
    notices.checkQuiet();
    return answers.succeeded(task, attempt);
  }

  /** Answer: it raised an error, or ran too long. It is tried again, asked about, or ends. */
  public boolean failed(long task, int attempt) {
    notices.checkQuiet();
    return answers.failed(task, attempt);
  }

  /** Answer: its worker died while it ran. It runs again, outside its retries, or ends. */
  public boolean lost(long task, int attempt) {
    notices.checkQuiet();
    return answers.lost(task, attempt);
  }

  /**
   * Answer: it did not run. It goes back to the front of its queue, so that of several the youngest
   * is answered first; or it waits for its parent again if that has not ended.
   */
  public boolean returned(long task, int attempt) {
    notices.checkQuiet();
    return answers.returned(task, attempt);
  }

  /** Answer: the executor ended it because it was told so. */
  public boolean cancelled(long task, int attempt) {
    notices.checkQuiet();
    return answers.cancelled(task, attempt);
  }

  /**
   * Cancels a task that no executor has: true if it was cancelled by this call and will not run
   * (again).
   */
  public boolean cancel(long task) {
    notices.checkQuiet();
    return verdicts.cancel(task);
  }

  /** The verdict about an ASKED task: again, or failed; false if it waits for none. */
  public boolean retry(long task, boolean again) {
    notices.checkQuiet();
    return verdicts.retry(task, again);
  }

  /**
   * A stored result, or stored error, stands for the run of a task that is LOOKING_UP; false if it
   * no longer is.
   */
  public boolean found(long task, boolean ok) {
    notices.checkQuiet();
    return verdicts.found(task, ok);
  }

  /**
   * No result is stored for a task that is LOOKING_UP: it is ready; false if it is LOOKING_UP no
   * longer.
   */
  public boolean notFound(long task) {
    notices.checkQuiet();
    return verdicts.notFound(task);
  }

  /** Ends a promise, also one whose own dependencies have not ended; false if it ended already. */
  public boolean fulfil(long task, Ending ending) {
    notices.checkQuiet();
    return verdicts.fulfil(task, ending);
  }

  /** The owner of an ended task will not name it again: its memory may be used for another. */
  public void release(long task) {
    notices.checkQuiet();
    int row = known(task);
    if (!rows.in(row, TaskState.ENDED_WELL) && !rows.in(row, TaskState.ENDED_BADLY)) {
      throw new IllegalStateException(
          "task "
              + task
              + " is "
              + state(task)
              + " and cannot be released; cancel it or wait for its end");
    }
    rows.release(row);
  }

  /** The last task that was submitted; 0 before the first. */
  public long lastTask() {
    return rows.lastTask();
  }

  /** The counts of this kernel's tasks. */
  public Census census() {
    return census;
  }

  /** Gives the memory back; the kernel is not used any more. */
  @Override
  public void close() {
    rows.close();
    edges.close();
  }
}
