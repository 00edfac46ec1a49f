package fonio.bench;

/**
 * What an interchange's thread spends, in seconds.
 *
 * @param frame for a frame of tasks and that of their results
 * @param task for a task in it
 * @param payloadByte for a byte of its argument, which comes back as its result
 * @param beat for a beat that comes and one that goes
 */
record Costs(double frame, double task, double payloadByte, double beat) {
  /**
   * The cost of a frame, as it was measured.
   *
   * @param tasks how many it has
   * @param bytes how large the argument of each is
   * @param seconds what it costs whole
   */
  record Point(int tasks, int bytes, double seconds) {}

  /**
   * The costs that three points have: a frame of one small task, one of many small tasks, and one
   * of as many large ones.
   */
  static Costs of(Point one, Point many, Point large, double beat) {
    if (many.tasks <= one.tasks || large.tasks != many.tasks || large.bytes <= many.bytes) {
      throw new IllegalArgumentException(
          "%s, %s, %s: the second must have more tasks, the third as many and larger ones"
              .formatted(one, many, large));
    }
    double perByte = (large.seconds - many.seconds) / (many.tasks * (large.bytes - many.bytes));
    double perTask = (many.seconds - one.seconds) / (many.tasks - one.tasks) - many.bytes * perByte;
    double perFrame = one.seconds - one.tasks * (perTask + one.bytes * perByte);
    return new Costs(perFrame, perTask, perByte, beat);
  }

  /** What a frame costs. */
  double of(int tasks, int bytes) {
    return frame + tasks * (task + bytes * payloadByte);
  }
}
