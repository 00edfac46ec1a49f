package fonio.interchange;

/** What becomes of the tasks that managers bring, which had them from an engine before this one. */
final class Adoptions {
  private final InterchangeListener listener;
  private final long[] task = new long[1];
  private final int[] attempt = new int[1];

  Adoptions(InterchangeListener listener) {
    this.listener = listener;
  }

  /**
   * Counts a task as that of the manager which brings it, or its result, if it is still to run and
   * nobody else has it.
   *
   * @param before the task that was adopted right before it; 0 for none
   * @return the task; 0 when the manager does not have it
   */
  long adopt(Peer peer, int id, int under, long before) {
    int at = peer.outstanding.find(id, under);
    if (at >= 0) {
      return peer.outstanding.task(at);
    }
    int classId = listener.adopt(id, under, before);
    if (classId == InterchangeListener.UNWANTED) {
      return 0;
    }
    task[0] = Integer.toUnsignedLong(id);
    attempt[0] = under;
    peer.add(classId, task, attempt, 0, 1);
    return task[0];
  }
}
