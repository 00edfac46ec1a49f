package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.testkit.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks can do that share this JVM with their run. */
@Timeout(60)
class LibraryTest {
  private final Engine engine =
      Fonio.start(Config.builder().executors(new ThreadPoolExecutor("threads", 2)).build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App1<Integer, Integer> divide = engine.app((Integer n) -> 1 / n);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aTaskGetsTheObjectsThemselves() {
    Object given = new Object();
    App1<Object, Object> echo = engine.app((Object value) -> value);
    assertSame(given, echo.call(given).join());
  }

  @Test
  void aJoinAppGivesWhatItsFutureGives() {
    App1<Integer, Integer> twice = engine.join((Integer n) -> increment.call(increment.call(n)));
    assertEquals(3, twice.call(1).join());
    App1<Integer, Integer> broken = engine.join((Integer n) -> divide.call(n));
    assertThrows(TaskFailedException.class, () -> broken.call(0).join());
  }

  @Test
  void tasksThatWaitForTasksDoNotDeadlock() {
    assertEquals(610, fibonacci(15));
  }

  private int fibonacci(int n) {
    App1<Integer, Integer> self = engine.app(this::fibonacci);
    return n < 2 ? n : self.call(n - 1).join() + self.call(n - 2).join();
  }

  @Test
  void ofTwoEqualCachedCallsBothGiveTheSameFuture() {
    App1<Integer, Integer> cached = increment.with(Options.cached());
    assertSame(cached.call(1), cached.call(1));
  }

  @Test
  void aTaskCannotCloseItsRun() {
    TaskFuture<Integer> closing =
        engine
            .app(() -> {
              engine.close();
              return 0;
            })
            .call();
    var error = assertThrows(TaskFailedException.class, closing::join);
    assertTrue(error.getMessage().contains("cannot close its own run"), error.getMessage());
    assertEquals(2, increment.call(1).join());
  }

  @Test
  void aFutureOfAnotherRunIsRefused() {
    try (Engine other = Fonio.start(Config.defaults())) {
      TaskFuture<Integer> foreign = other.app(() -> 1).call();
      var error = assertThrows(IllegalArgumentException.class, () -> increment.call(foreign));
      assertTrue(error.getMessage().contains("of another run"), error.getMessage());
    }
  }

  @Test
  void aWaiterThatIsInterruptedStopsWaiting() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    TaskFuture<Integer> gated =
        engine
            .app(() -> {
              gate.await();
              return 1;
            })
            .call();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, gated::get);
    gate.countDown();
    assertEquals(1, gated.get());
  }

  @Test
  void aCloseWaitsForJoinsThatHaveNotBegun() {
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> join =
        engine.join((Integer n) -> {
          gate.await();
          return increment.call(increment.call(n));
        });
    List<TaskFuture<Integer>> joins = IntStream.range(0, 8).mapToObj(join::call).toList();
    Thread closes = Thread.ofPlatform().start(engine::close);
    Deadline.in(Duration.ofSeconds(10))
        .await(
            "close waits",
            () ->
                Set.of(Thread.State.TIMED_WAITING, Thread.State.WAITING)
                    .contains(closes.getState()));
    gate.countDown();
    for (int i = 0; i < 8; i++) {
      assertEquals(i + 2, joins.get(i).join());
    }
  }
}
