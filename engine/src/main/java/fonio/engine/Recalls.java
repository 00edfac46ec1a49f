package fonio.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits to hear whether a task could be taken back from another machine. */
final class Recalls {
  private final Map<Long, CompletableFuture<Boolean>> waiting = new HashMap<>();

  /** Someone waits; whoever asked before for the same task hears what this one does. */
  void ask(long row, CompletableFuture<Boolean> answer) {
    CompletableFuture<Boolean> before = waiting.put(row, answer);
    if (before != null) {
      var _ = answer.thenAccept(before::complete);
    }
  }

  void done(long row, boolean cancelled) {
    CompletableFuture<Boolean> answer = waiting.remove(row);
    if (answer != null) {
      answer.complete(cancelled);
    }
  }

  /** Nobody will answer any more. */
  void refuse() {
    waiting.values().forEach(answer -> answer.complete(false));
    waiting.clear();
  }
}
