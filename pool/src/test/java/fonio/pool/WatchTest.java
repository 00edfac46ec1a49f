package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.Membarrier;
import fonio.transport.RingFile;
import fonio.wire.ClassDefinition;
import fonio.wire.Definitions;
import fonio.wire.FunctionDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private static final long MILLI = 1_000_000;
  private static final int CLASS = 5;

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final Definitions definitions = new Definitions();
  private final Watch watch = new Watch(definitions, heard);
  private Worker busy = worker(0);
  private Worker idle = worker(1);
  private long now = MILLI;

  private static Worker worker(int index) {
    Path log = Path.of("w" + index);
    return new Worker(index, "w" + index, new LogTail(log), new LogTail(log));
  }

  @BeforeEach
  void readyWorkers() {
    Assumptions.assumeTrue(Membarrier.isAvailable());
    for (Worker worker : List.of(busy, idle)) {
      worker.file = RingFile.create(folder.resolve(worker.name), 0);
      worker.phase = Worker.Phase.READY;
    }
  }

  @AfterEach
  void closeFiles() {
    for (Worker worker : List.of(busy, idle)) {
      RingFile file = worker.file;
      if (file != null) {
        file.close();
      }
    }
  }

  private RingFile file() {
    RingFile file = busy.file;
    if (file == null) {
      throw new IllegalStateException("the worker has no file");
    }
    return file;
  }

  /** Gives the busy worker tasks 101, 102, ... with its numbers 1, 2, ... */
  private void has(int tasks) {
    for (int i = 1; i <= tasks; i++) {
      busy.inFlight.add(100 + i, i, CLASS, 1000);
    }
  }

  private void balanceAfter(long millis) {
    watch.balance(List.of(busy, idle), now);
    now += millis * MILLI;
    watch.balance(List.of(busy, idle), now);
  }

  @Test
  void tasksBehindALongOneGoBackAtATickThatIsLateEnough() {
    has(3);
    file().running(1);
    balanceAfter(3);

    assertThat(heard.take()).isEmpty();
    assertThat(file().isRecalled(2)).isTrue();
    watch.recalls(List.of(busy, idle), now + MILLI / 2);
    assertThat(heard.take()).isEmpty();
    watch.recalls(List.of(busy, idle), now + MILLI);
    assertThat(heard.take()).containsExactly("returned 103/3", "returned 102/2");
    watch.recalls(List.of(busy, idle), now + 5 * MILLI);
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void workerThatHearsBarriersGivesBackAtOnce() {
    Assumptions.assumeTrue(Membarrier.expedited());
    busy.hearsBarriers = true;
    has(3);
    file().running(1);
    balanceAfter(3);
    assertThat(heard.take()).containsExactly("returned 103/3", "returned 102/2");
    watch.recalls(List.of(busy, idle), now + 5 * MILLI);
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void taskThatFollowedTheOneTheWorkerWasEndedForIsNotToBlame() {
    has(3);
    file().running(2);
    busy.inFlight.next();
    busy.killed = Worker.Killed.BY_WALLTIME;
    busy.killedSequence = 1;
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(9, -1), ""));
    assertThat(heard.take()).containsExactly("returned 103/3", "returned 102/2");
  }

  @Test
  void taskThatIsWantedEndedIsKilledRatherThanReturned() {
    has(3);
    assertThat(watch.wishes().kill(List.of(busy, idle), 102)).isTrue();
    assertThat(heard.take()).isEmpty();
    file().running(1);
    assertThat(watch.wishes().kill(List.of(busy, idle), 103)).isTrue();
    assertThat(heard.take()).containsExactly("killed 103/3");
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(9, -1), ""));
    assertThat(heard.take())
        .containsExactly(
            "killed 102/2",
            "lost 101/1 signal 9 (SIGKILL, as the system sends when memory runs out)");
  }

  @Test
  void wishIsForgottenWhenNoWorkerHasTheTask() {
    has(1);
    assertThat(watch.wishes().kill(List.of(busy, idle), 101)).isTrue();
    busy.inFlight.next();
    watch.wishes().tick(List.of(busy, idle));
    assertThat(watch.wishes().fulfil(101, 1)).isFalse();
  }

  @Test
  void taskThatTheWorkerBeganMeanwhileStays() {
    has(3);
    file().running(1);
    balanceAfter(3);
    file().running(2);

    watch.recalls(List.of(busy, idle), now + MILLI);
    assertThat(heard.take()).containsExactly("returned 103/3");
    assertThat(busy.inFlight.has(2)).isTrue();
  }

  @Test
  void workerThatRunsNothingLeavesTheRangeToItsAnswers() {
    has(3);
    file().running(1);
    balanceAfter(3);
    file().running(0);

    watch.recalls(List.of(busy, idle), now + MILLI);
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void nothingIsTakenBackWhileNobodyIsIdleOrTheTaskIsShort() {
    has(3);
    file().running(1);
    balanceAfter(1);
    assertThat(file().isRecalled(2)).isFalse();
    idle.inFlight.add(200, 0, CLASS, 1000);
    balanceAfter(10);
    assertThat(file().isRecalled(2)).isFalse();
  }

  @Test
  void cancelOfATaskInAnOpenRangeNeedNotWait() {
    has(3);
    file().running(1);
    balanceAfter(3);

    assertThat(watch.recall(busy, 2)).isTrue();
    assertThat(heard.take()).containsExactly("returned 103/3", "returned 102/2");
    watch.recalls(List.of(busy, idle), now + MILLI);
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void cancelTakesBackOneTaskAndNoOther() {
    has(3);
    file().running(1);

    assertThat(watch.recall(busy, 2)).isTrue();
    assertThat(heard.take()).containsExactly("returned 102/2");
    assertThat(file().isRecalled(3)).isFalse();
    assertThat(busy.isHeldUp()).isTrue();
  }

  @Test
  void secondCancelBehindTheSameTaskTakesBackAllBehindIt() {
    has(5);
    file().running(1);

    assertThat(watch.recall(busy, 3)).isTrue();
    assertThat(heard.take()).containsExactly("returned 103/3");
    assertThat(watch.recall(busy, 4)).isTrue();
    assertThat(heard.take()).containsExactly("returned 105/5", "returned 104/4");
    assertThat(watch.recall(busy, 2)).isTrue();
    assertThat(heard.take()).containsExactly("returned 102/2");
    assertThat(List.of(2L, 3L, 4L, 5L)).allMatch(number -> file().isRecalled(number));
    assertThat(file().isRecalled(6)).isFalse();
  }

  @Test
  void openRangeIsNotStretchedOverATaskThatRuns() {
    has(5);
    file().running(1);
    assertThat(watch.recall(busy, 2)).isTrue();
    file().running(3);
    assertThat(watch.recall(busy, 3)).isFalse();
    assertThat(file().isRecalled(4)).isFalse();
    assertThat(watch.recall(busy, 4)).isTrue();
    assertThat(heard.take()).containsExactly("returned 102/2", "returned 105/5", "returned 104/4");
  }

  @Test
  void newRangeIsOpenedWhenTheWorkerHasPassedTheOldOne() {
    has(5);
    file().running(1);
    assertThat(watch.recall(busy, 2)).isTrue();
    busy.inFlight.next();
    busy.inFlight.next();
    file().running(3);
    assertThat(watch.recall(busy, 4)).isTrue();
    assertThat(heard.take()).containsExactly("returned 102/2", "returned 104/4");
    assertThat(file().isRecalled(5)).isFalse();
  }

  @Test
  void runningTaskCannotBeTakenBack() {
    has(2);
    file().running(2);
    assertThat(watch.recall(busy, 2)).isFalse();
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void deathChargesTheRunningTaskAndReturnsTheOthersYoungestFirst() {
    has(4);
    busy.inFlight.next();
    file().running(2);
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(9, -1), ""));
    assertThat(heard.take())
        .containsExactly(
            "returned 104/4",
            "returned 103/3",
            "lost 102/2 signal 9 (SIGKILL, as the system sends when memory runs out)");
  }

  @Test
  void deathAfterTheLastAnswerChargesNobody() {
    has(2);
    file().running(1);
    busy.inFlight.next();
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(0, 1), ""));
    assertThat(heard.take()).containsExactly("returned 102/2");
  }

  @Test
  void recalledTaskIsNotReturnedAgainByADeath() {
    has(3);
    file().running(1);
    assertThat(watch.recall(busy, 3)).isTrue();
    heard.take();
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(0, 1), ""));
    assertThat(heard.take()).containsExactly("returned 102/2", "lost 101/1 exit code 1");
  }

  @Test
  void killedTaskIsToldFromOneThatDied() {
    has(1);
    file().running(1);
    busy.killed = Worker.Killed.BY_OWNER;
    busy.killedSequence = 1;
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(9, -1), ""));
    assertThat(heard.take()).containsExactly("killed 101/1");
  }

  @Test
  void overlongTaskTellsItsClassesWalltime() {
    definitions.function(new FunctionDefinition(1, FunctionDefinition.PYTHON, "f", new byte[0]));
    definitions.define(new ClassDefinition(CLASS, 1, Map.of("walltime_ms", "250")));
    has(1);
    file().running(1);
    busy.killed = Worker.Killed.BY_WALLTIME;
    busy.killedSequence = 1;
    watch.settle(busy, new WorkerDeath("w0", 1, new ExitStatus(9, -1), ""));
    assertThat(heard.take()).containsExactly("timed out 101/1 250");
  }

  @Test
  void workerWithATaskMuchLongerThanExpectedGetsNothingMore() {
    has(1);
    file().running(1);
    watch.walltimes(List.of(busy), now);
    assertThat(busy.isHeldUp()).isFalse();
    watch.walltimes(List.of(busy), now + 3 * MILLI);
    assertThat(busy.isHeldUp()).isTrue();
    busy.inFlight.next();
    assertThat(busy.isHeldUp()).isFalse();
  }
}
