package fonio.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Something that the thread of the worker processes is to do, and what came of it; false when it
 * ended before.
 */
record Wish(BooleanSupplier what, CompletableFuture<Boolean> answer) {

  Wish(BooleanSupplier what) {
    this(what, new CompletableFuture<>());
  }

  void fulfil() {
    boolean done = false;
    try {
      done = what.getAsBoolean();
    } finally {
      answer.complete(done);
    }
  }

  void refuse() {
    answer.complete(false);
  }
}
