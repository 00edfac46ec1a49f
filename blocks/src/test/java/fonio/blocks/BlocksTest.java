package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks on a batch system whose calls hang, throw and answer late; each turn takes 0.1 s. */
class BlocksTest {
  private static final long TURN_NANOS = 100_000_000L;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final FakeJobs jobs = new FakeJobs();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger wakeups = new AtomicInteger();
  private final List<String> heard = new ArrayList<>();
  private final BlocksListener listener =
      new BlocksListener() {
        @Override
        public void drain(String block) {
          heard.add("drain " + block);
        }

        @Override
        public void failAll(String text) {
          heard.add("fail all: " + text);
        }

        @Override
        public void said(String line) {
          heard.add("said " + line);
        }
      };
  private Blocks blocks = open(Settings.PLAIN);

  private Blocks open(Settings settings) {
    blocks = new Blocks(settings.config(), jobs, listener, clock::get, wakeups::incrementAndGet);
    return blocks;
  }

  @AfterEach
  void nothingHangsAndCallsNeverOverlap() {
    jobs.hangs = "";
    jobs.passes.release(1000);
    blocks.close(LONG);
    assertThat(jobs.mostInside.get()).isLessThanOrEqualTo(1);
  }

  private void until(String what, BooleanSupplier condition) {
    Deadline.in(LONG)
        .await(
            what,
            () -> {
              clock.addAndGet(TURN_NANOS);
              blocks.doWork(Demand.NONE);
              return condition.getAsBoolean();
            });
  }

  private void untilDescribed(String text) {
    until(text, () -> blocks.describe().toString().contains(text));
  }

  private void untilCalled(String call) {
    until(call, () -> jobs.calls().contains(call));
  }

  @Test
  void blockIsSubmittedWatchedAndCancelledAtTheClose() {
    open(Settings.PLAIN.blocks(1, 0, 2));
    untilDescribed("block 0 (job job0): pending");
    jobs.set("job0", JobState.RUNNING);
    untilDescribed("running");
    blocks.managerJoined("0", "node-a", 4);
    blocks.load("0", 2);
    assertThat(blocks.describe().getFirst()).contains("managers node-a, 4 workers, 2 tasks");
    blocks.close(LONG);
    assertThat(jobs.calls()).startsWith("submit 0", "status job0").endsWith("cancel job0");
    assertThat(heard).isEmpty();
    assertThat(wakeups.get()).isPositive();
  }

  @Test
  void hungSubmitStallsNeitherTheLoopNorTheClose() {
    jobs.hangs = "submit";
    open(Settings.PLAIN.blocks(2, 0, 2));
    untilDescribed("the batch system has not answered submit for 1");
    assertThat(jobs.calls()).containsExactly("submit 0");
    blocks.close(SHORT);
    assertThat(heard.getLast())
        .isEqualTo(
            "said executor htex: the batch system did not answer within 20 ms while blocks were closed;"
                + " look there for jobs that are left");
    jobs.passes.release();
    Deadline.in(LONG).await("late job", () -> jobs.calls().contains("cancel job0"));
    assertThat(jobs.calls()).containsExactly("submit 0", "cancel job0");
  }

  @Test
  void hungStatusIsAskedOnceAndGivesWayToTheClose() {
    jobs.hangs = "status";
    open(Settings.PLAIN.blocks(1, 0, 2));
    untilDescribed("the batch system has not answered status for 1");
    assertThat(jobs.calls()).containsExactly("submit 0", "status job0");
    blocks.close(LONG);
    assertThat(jobs.calls()).containsExactly("submit 0", "status job0", "cancel job0");
  }

  @Test
  void statusThatThrowsIsToldOnceAndAskedAgain() {
    jobs.throwing = "status";
    open(Settings.PLAIN.blocks(1, 0, 2));
    until("four questions", () -> jobs.calls().size() > 4);
    assertThat(blocks.describe().getLast())
        .matches(
            "the batch system has failed for [1-9][0-9]* s: status of jobs failed: status: the batch system is down");
    assertThat(heard)
        .containsExactly(
            "said executor htex: status of jobs failed: status: the batch system is down");
    jobs.throwing = "";
    jobs.set("job0", JobState.RUNNING);
    untilDescribed("running");
    assertThat(blocks.describe()).hasSize(1);
  }

  @Test
  void submitThatThrowsEndsItsBlockAndFailsTheTasks() {
    jobs.throwing = "submit";
    open(Settings.PLAIN.blocks(1, 0, 2));
    until("failure", () -> heard.size() == 2);
    assertThat(heard.getLast())
        .startsWith("fail all: executor htex: the only block ended before a manager connected;")
        .contains("block 0 could not be submitted: submit: the batch system is down");
  }

  @Test
  void blockThatEndedIsKnownByItsEnd() {
    open(Settings.PLAIN.blocks(1, 0, 2));
    untilDescribed("pending");
    blocks.managerJoined("0", "node-a", 4);
    assertThat(blocks.end("0")).isEmpty();
    jobs.set("job0", JobState.TIMEOUT);
    until("end", () -> blocks.end("0").isPresent());
    assertThat(blocks.end("0").orElseThrow())
        .isEqualTo("block 0 (job job0) was ended by its walltime");
  }

  @Test
  void idleBlockIsDrainedThenCancelled() {
    open(Settings.PLAIN.blocks(1, 0, 2).strategy("simple").idle(10));
    untilDescribed("pending");
    blocks.managerJoined("0", "node-a", 4);
    until("drain", () -> heard.contains("drain 0"));
    blocks.managerLeft("0", "node-a");
    untilCalled("cancel job0");
  }

  @Test
  void cancelThatThrowsAtTheCloseIsTold() {
    open(Settings.PLAIN.blocks(1, 0, 2));
    untilDescribed("pending");
    jobs.throwing = "cancel";
    blocks.close(LONG);
    assertThat(heard)
        .contains(
            "said executor htex: cancel of job job0 failed: cancel: the batch system is down");
  }

  @Test
  void sleepIsBoundedAndEndsWithAnAnswer() {
    open(Settings.PLAIN.blocks(1, 0, 2));
    assertThat(blocks.sleepNanos(clock.get())).isZero();
    blocks.doWork(Demand.NONE);
    assertThat(blocks.sleepNanos(clock.get())).isIn(0L, 1_000_000_000L);
    Deadline.in(LONG).await("answer", () -> wakeups.get() > 0);
    assertThat(blocks.sleepNanos(clock.get())).isZero();
  }

  @Test
  void turnsWithinATenthOfASecondDoNothing() {
    assertThat(blocks.doWork(new Demand(5, 0))).isZero();
    clock.addAndGet(TURN_NANOS / 2);
    assertThat(blocks.sleepNanos(clock.get())).isEqualTo(1_000_000_000L);
    assertThat(blocks.doWork(Demand.NONE)).isZero();
  }

  @Test
  void closeWithoutAnyJobNeedsNoThread() {
    blocks.close(Duration.ZERO);
    blocks.close(Duration.ZERO);
    assertThat(jobs.calls()).isEmpty();
    assertThat(heard).isEmpty();
  }
}
