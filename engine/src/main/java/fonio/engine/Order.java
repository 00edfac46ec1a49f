package fonio.engine;

import org.jspecify.annotations.Nullable;

/** Something that is to be done with the kernel, by whoever holds the baton. */
abstract class Order {
  @Nullable Order next;

  /** How many wait with it, itself and those that were pushed before. */
  int waiting;

  abstract void carryOut(Core core);

  /** What is done in its place once the kernel has failed: whoever waits for it is told. */
  void giveUp(Core core, BrokenRun broken) {}
}
