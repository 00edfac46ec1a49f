package fonio.memo;

import java.util.function.Consumer;

/** Something that the store's thread is to do with the database. */
sealed interface Job {

  /** A lookup, whose answer goes back under the ticket. */
  @SuppressWarnings("ArrayRecordComponent")
  record LookUp(long ticket, byte[] key) implements Job {}

  /** A result; {@code anew}: it takes the place of one that is stored. */
  @SuppressWarnings("ArrayRecordComponent")
  record Keep(byte[] key, String function, byte[] payload, boolean anew) implements Job {}

  /** What the history notes. */
  sealed interface Note extends Job {}

  /** A run that has begun, or ended. */
  record Run(RunRecord run) implements Note {}

  /** A task that has failed. */
  record Failure(FailedTask task) implements Note {}

  /** All that is kept so far becomes durable, and somebody is told so. */
  record Commit(Consumer<String> told) implements Job {}

  /** The end of the thread. */
  record Stop() implements Job {}
}
