package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.kernel.TaskState;
import fonio.memo.Commits;
import fonio.memo.Store;
import fonio.testkit.Deadline;
import fonio.transport.Segments;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoGateTest extends EngineFixture {
  private static final byte[] NOTHING = {};
  private final Semaphore answered = new Semaphore(0);

  private MemoGate gate(@Nullable Store store) throws Exception {
    Files.createDirectories(folder.resolve("spill"));
    MemoGate gate = new MemoGate(dataflow, new Segments(folder, folder.resolve("spill"), 2), store);
    dataflow.memory(gate);
    return gate;
  }

  private Store store() {
    return new Store(
        folder.resolve("state.db"),
        new Commits(Commits.Mode.EACH, Duration.ZERO),
        answered::release,
        text -> {
          throw new IllegalStateException(text);
        });
  }

  /** Submits a memoized task whose key is 32 times a number; 0 is no key. */
  private void call(int task, int key, int... parents) {
    byte[] bytes = new byte[Batch.KEY_BYTES];
    Arrays.fill(bytes, (byte) key);
    say.begin(Kind.SUBMIT, PLAIN, 1, task);
    if (parents.length > 0) {
      say.parents(new int[] {parents.length}, parents);
    }
    say.extension(bytes, 0, bytes.length).end();
  }

  private void cancel(int task) {
    say.frame(Kind.CANCEL, 0, 0, task, NOTHING);
  }

  private TaskState state(long task) {
    return dataflow.kernel().state(task);
  }

  @Test
  void equalCallsInFlightRunOnce() throws Exception {
    MemoGate gate = gate(null);
    for (int task = 1; task <= 5; task++) {
      call(task, 7);
    }
    call(6, 8);
    exchange();
    assertThat(take()).containsExactly(1L, 6L);
    answer(1, Status.OK, "one");
    gate.doWork();
    assertThat(answers())
        .containsExactly("1 OK one", "2 OK one", "3 OK one", "4 OK one", "5 OK one");
    assertThat(account.memoHits).isEqualTo(4);
  }

  @Test
  void callAfterTheEndOfAnEqualOneDoesNotRun() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    exchange();
    take();
    answer(1, Status.OK, "one");
    call(2, 7);
    exchange();
    assertThat(take()).isEmpty();
    gate.doWork();
    call(3, 7);
    assertThat(exchange()).containsExactly("2 OK one", "3 OK one");
    assertThat(take()).isEmpty();
  }

  @Test
  void callWithoutAKeyAlwaysRuns() throws Exception {
    gate(null);
    call(1, 0);
    call(2, 0);
    exchange();
    assertThat(take()).containsExactly(1L, 2L);
  }

  @Test
  void firstOfTheWaitingLeadsWhenTheLeadIsCancelled() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    call(2, 7);
    call(3, 7);
    cancel(1);
    assertThat(exchange()).containsExactly("1 CANCELLED");
    gate.doWork();
    assertThat(take()).containsExactly(2L);
    answer(2, Status.OK, "two");
    gate.doWork();
    assertThat(answers()).containsExactly("2 OK two", "3 OK two");
  }

  @Test
  void followerThatIsCancelledTooIsPassedOver() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    call(2, 7);
    call(3, 7);
    cancel(2);
    cancel(1);
    exchange();
    gate.doWork();
    assertThat(state(2)).isEqualTo(TaskState.ENDED_BADLY);
    assertThat(take()).containsExactly(3L);
  }

  @Test
  void resultThatComesForACancelledFollowerIsNoHit() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    call(2, 7);
    exchange();
    take();
    cancel(2);
    exchange();
    answer(1, Status.OK, "one");
    gate.doWork();
    assertThat(account.memoHits).isZero();
    assertThat(answers()).containsExactly("1 OK one");
  }

  @Test
  void keyHoldsTheResultsOfTheParentsToo() throws Exception {
    MemoGate gate = gate(null);
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    submit(PLAIN, 3);
    call(4, 7, 1);
    call(5, 7, 2);
    call(6, 7, 3);
    exchange();
    take();
    answer(1, Status.OK, "same");
    answer(2, Status.OK, "same");
    answer(3, Status.OK, "other");
    assertThat(take()).containsExactly(4L, 6L);
    answer(4, Status.OK, "four");
    answer(6, Status.OK, "six");
    gate.doWork();
    assertThat(answers()).contains("4 OK four", "5 OK four", "6 OK six");
  }

  @Test
  void borderBetweenTwoParentsResultsIsPartOfTheKey() throws Exception {
    gate(null);
    for (int task = 1; task <= 4; task++) {
      submit(PLAIN, task);
    }
    call(5, 7, 1, 2);
    call(6, 7, 3, 4);
    exchange();
    take();
    answer(1, Status.OK, "ab");
    answer(2, Status.OK, "c");
    answer(3, Status.OK, "a");
    answer(4, Status.OK, "bc");
    assertThat(take()).containsExactly(5L, 6L);
  }

  @Test
  void errorStandsForEqualCallsOfThisRun() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    call(2, 7);
    exchange();
    take();
    answer(1, Status.ERROR, "bad");
    gate.doWork();
    assertThat(answers()).containsExactly("1 ERROR bad", "2 ERROR bad");
  }

  @Test
  void largeResultIsGivenToFollowersInSegmentsOfTheirOwn() throws Exception {
    MemoGate gate = gate(null);
    call(1, 7);
    call(2, 7);
    exchange();
    take();
    String large = "x".repeat(65_000);
    answer(1, Status.OK, large + large);
    gate.doWork();
    assertThat(answers()).contains("2 OK in a segment");
  }

  @Test
  void resultOfAnotherRunIsFoundAndNotStoredAgain() throws Exception {
    try (Store store = store()) {
      MemoGate gate = gate(store);
      call(1, 7);
      exchange();
      assertThat(take()).isEmpty();
      await(gate);
      assertThat(take()).containsExactly(1L);
      answer(1, Status.OK, "one");
      gate.doWork();
    }
    try (Store store = store()) {
      MemoGate other = gate(store);
      call(2, 7);
      call(3, 7);
      exchange();
      await(other);
      other.doWork();
      assertThat(take()).isEmpty();
      assertThat(answers()).containsExactly("2 OK one", "3 OK one");
    }
  }

  @Test
  void errorIsNotFoundByAnotherRun() throws Exception {
    try (Store store = store()) {
      MemoGate gate = gate(store);
      call(1, 7);
      exchange();
      await(gate);
      take();
      answer(1, Status.ERROR, "bad");
      gate.doWork();
    }
    try (Store store = store()) {
      MemoGate other = gate(store);
      call(2, 7);
      exchange();
      await(other);
      assertThat(take()).containsExactly(2L);
    }
  }

  @Test
  void answerForALeadThatWasCancelledMeanwhileIsDropped() throws Exception {
    try (Store store = store()) {
      MemoGate gate = gate(store);
      call(1, 7);
      call(2, 7);
      cancel(1);
      exchange();
      gate.doWork();
      List<Long> ready = new ArrayList<>();
      Deadline deadline = Deadline.in(Duration.ofSeconds(20));
      while (ready.isEmpty()) {
        deadline.check("a ready task");
        gate.doWork();
        ready.addAll(take());
      }
      assertThat(ready).containsExactly(2L);
    }
  }

  /** Waits for the store's answer and passes it on. */
  private void await(MemoGate gate) throws InterruptedException {
    assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    gate.doWork();
  }
}
