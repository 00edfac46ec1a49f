package fonio.journal;

/** Takes the records of a durable run. */
@FunctionalInterface
public interface RecordSink {
  /**
   * Appends a record.
   *
   * @param kind what it is, 1 to 255
   * @return its position: 1 for the first, and one more for each
   */
  long append(int kind, byte[] bytes, int from, int length);
}
