package fonio.blocks;

/** What a table of blocks wants done outside; the table goes on without waiting for it. */
interface BlockEffects {
  /** Ask for a job that holds this block; answered by {@code submitted} or {@code submitFailed}. */
  void submit(String block);

  /** End the block's job. */
  void cancel(String block, String job);

  /** Let the block's managers finish what they have and leave. */
  void drain(String block);

  /** End all tasks with this text. */
  void failAll(String text);

  /** Tell people. */
  void said(String line);
}
