package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecallsTest {
  private final Recalls recalls = new Recalls();
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Boolean> second = new CompletableFuture<>();

  @Test
  void allThatAskForATaskHearTheSame() {
    recalls.ask(7, first);
    recalls.ask(7, second);
    recalls.done(8, false);
    assertNull(first.getNow(null));
    recalls.done(7, true);
    assertEquals(true, first.getNow(null));
    assertEquals(true, second.getNow(null));
  }

  @Test
  void whoeverWaitsHearsNoOnceNobodyWillAnswer() {
    recalls.ask(7, first);
    recalls.ask(8, second);
    recalls.refuse();
    assertEquals(false, first.getNow(null));
    assertEquals(false, second.getNow(null));
  }
}
