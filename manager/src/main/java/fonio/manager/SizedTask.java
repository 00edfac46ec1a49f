package fonio.manager;

/**
 * A task that says what it needs, and those behind it that take their input from it.
 *
 * @param classId its class
 * @param request what its class needs
 * @param tasks its number, then those of the tasks behind it
 * @param attempts the attempt of each
 * @param frame the TASKS frame that a worker gets
 * @param cameAtNanos when it came
 */
@SuppressWarnings("ArrayRecordComponent")
record SizedTask(
    int classId, Request request, long[] tasks, int[] attempts, byte[] frame, long cameAtNanos) {}
