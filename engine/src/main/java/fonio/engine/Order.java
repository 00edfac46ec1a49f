package fonio.engine;

import org.jspecify.annotations.Nullable;

/** Something that is to be done with the kernel, by whoever holds the baton. */
abstract class Order {
  @Nullable Order next;

  abstract void carryOut(Core core);
}
