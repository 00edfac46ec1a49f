package fonio.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A question about a run, answered by whoever holds the baton. */
final class Question<T> extends Order {
  private final Function<Core, T> question;
  private final Function<Core, T> whenBroken;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /**
   * Asks.
   *
   * @param whenBroken answers once the kernel has failed, without it
   */
  Question(Function<Core, T> question, Function<Core, T> whenBroken) {
    this.question = question;
    this.whenBroken = whenBroken;
  }

  @Override
  void carryOut(Core core) {
    answer.complete(question.apply(core));
  }

  @Override
  void giveUp(Core core, BrokenRun broken) {
    answer.complete(whenBroken.apply(core));
  }

  /** Waits for the answer. */
  T answer() {
    return answer.join();
  }
}
