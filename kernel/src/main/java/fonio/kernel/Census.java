package fonio.kernel;

/** The counts of a kernel's tasks: how many stand where, and what memory they need. */
public final class Census {

  private final Rows rows;
  private final Edges edges;
  private final Notices notices;

  Census(Rows rows, Edges edges, Notices notices) {
    this.rows = rows;
    this.edges = edges;
    this.notices = notices;
  }

  /** How many known tasks are in a state. */
  public long count(TaskState state) {
    return state == TaskState.UNKNOWN ? 0 : rows.population(state);
  }

  /** How many tasks have ended so, released ones included. */
  public long ended(Ending ending) {
    return notices.endings(ending);
  }

  /** How many tasks have not ended. */
  public long pending() {
    long pending = 0;
    for (var state : TaskState.values()) {
      pending +=
          switch (state) {
            case WAITING, LOOKING_UP, READY, HELD, ASKED, PROMISED -> rows.population(state);
            case UNKNOWN, ENDED_WELL, ENDED_BADLY -> 0;
          };
    }
    return pending;
  }

  /** The off-heap memory that tasks and dependencies need now. */
  long bytesInUse() {
    return rows.bytesInUse() + edges.bytesInUse();
  }

  /** The off-heap memory in use or kept. */
  long bytes() {
    return rows.bytes() + edges.bytes();
  }
}
