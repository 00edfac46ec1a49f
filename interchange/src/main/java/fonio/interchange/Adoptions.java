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
   * nobody has it.
   */
  void adopt(Peer peer, int id, int under) {
    if (peer.outstanding.find(id, under) >= 0) {
      return;
    }
    int classId = listener.adopt(id, under);
    if (classId != InterchangeListener.UNWANTED) {
      task[0] = Integer.toUnsignedLong(id);
      attempt[0] = under;
      peer.add(classId, task, attempt, 0, 1);
    }
  }
}
