package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Definitions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much a worker is sent ahead of what it runs. */
class FeedingTest {
  private static final int CLASS = 1;

  private final Worker worker =
      new Worker(0, "w0", new LogTail(Path.of("out")), new LogTail(Path.of("err")));

  private Feeding feeding(boolean sharedQueue) {
    worker.phase = Worker.Phase.READY;
    Credit credit = new Credit(1_000_000);
    credit.learn(CLASS, 1, 1000);
    PoolConfig config = Node.config(Path.of("/nowhere"), 1, "python3", 0, sharedQueue);
    return new Feeding(List.of(worker), credit, new Definitions(), config);
  }

  private void send(Feeding feeding, long task) {
    feeding.sent(worker, CLASS, new long[] {task}, new int[1], 0, 1);
  }

  @Test
  void sharedQueueSendsOneFrameAheadOfTheOneThatRuns() {
    Feeding feeding = feeding(true);
    send(feeding, 1);
    assertThat(feeding.room(0, CLASS)).isPositive();
    send(feeding, 2);
    assertThat(feeding.room(0, CLASS)).isZero();
    worker.inFlight.next();
    assertThat(feeding.room(0, CLASS)).isPositive();
  }

  @Test
  void workerThatIsHeldIsChosenForNothing() {
    Feeding feeding = feeding(false);
    assertThat(feeding.choose(CLASS)).isZero();
    worker.held = true;
    assertThat(feeding.choose(CLASS)).isEqualTo(-1);
    assertThat(feeding.room(0, CLASS)).isZero();
  }

  @Test
  void queueOfAWorkerSendsAsFarAsTheCreditGoes() {
    Feeding feeding = feeding(false);
    send(feeding, 1);
    send(feeding, 2);
    assertThat(feeding.room(0, CLASS)).isEqualTo(998);
  }
}
