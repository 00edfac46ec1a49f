package fonio.blocks;

/** Who hears what blocks ask for; called by the thread that calls {@link Blocks}. */
public interface BlocksListener {
  /** The block's managers shall finish what they have, take no more, and leave. */
  void drain(String block);

  /** No block will come up: all tasks are to end with this text. Heard at most once. */
  void failAll(String text);

  /** A line for people. */
  void said(String line);
}
