package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.FunctionDefinition;
import org.junit.jupiter.api.Test;

class CandidateTest {
  private static final int MILLI = 1_000_000;
  private static final ManagerInfo INFO = new ManagerInfo("m", "node", 1, "", NodeFacts.UNKNOWN);
  private final Candidate candidate =
      new Candidate(
          1,
          INFO,
          2,
          new TrialPlan(
              new FunctionDefinition(1, FunctionDefinition.JAVA, "probe", new byte[0]), 3, 10));
  private long now = 1;

  /** Sends all that is due, in steps of so much room, and answers each batch after a while. */
  private void serve(int room, int millis) {
    int count = candidate.next(room);
    candidate.sent(count, now);
    now += (long) millis * MILLI;
    for (int i = 0; i < count; i++) {
      candidate.answered(now);
    }
  }

  private void warmUp() {
    serve(100, 50);
    assertThat(candidate.stage()).isEqualTo(Candidate.Stage.PINGING);
  }

  @Test
  void whatWarmsTheWorkersUpIsNotCounted() {
    warmUp();
    serve(100, 1);
    assertThat(candidate.percentile(99)).isEqualTo(MILLI);
  }

  @Test
  void pingsAreSentOneByOne() {
    warmUp();
    assertThat(candidate.next(100)).isEqualTo(1);
    candidate.sent(1, now);
    assertThat(candidate.next(100)).isZero();
    candidate.answered(now);
    assertThat(candidate.next(100)).isEqualTo(1);
  }

  @Test
  void rateAndRoundTripsAreToldAtTheEnd() {
    warmUp();
    serve(100, 1);
    serve(100, 2);
    serve(100, 9);
    while (candidate.stage() == Candidate.Stage.BUSY) {
      serve(5, 500);
    }
    assertThat(candidate.hasPassed()).isTrue();
    assertThat(candidate.next(100)).isZero();
    assertThat(candidate.text())
        .isEqualTo(
            "manager m on node (pid 1): 10 tasks, 10 tasks/s; round trip 2.00 ms (p50), 9.00 ms (p99); 0 lost, 0 returned");
  }

  @Test
  void oneThatFailsAllDoesNotPassAndSaysOfWhatTheFirstFailed() {
    while (candidate.stage() != Candidate.Stage.DONE) {
      candidate.sent(candidate.next(1), now);
      candidate.failed("no map", now);
    }
    assertThat(candidate.hasPassed()).isFalse();
    assertThat(candidate.text()).endsWith("0 lost, 0 returned, 19 failed: no map");
  }

  @Test
  void whatComesBackIsSentAgainAndDoesNoHarm() {
    candidate.sent(candidate.next(100), now);
    candidate.returned();
    assertThat(candidate.next(100)).isEqualTo(1);
    for (int i = 0; i < 7; i++) {
      candidate.answered(now);
    }
    assertThat(candidate.stage()).isEqualTo(Candidate.Stage.WARMING);
    while (candidate.stage() != Candidate.Stage.DONE) {
      serve(100, 1);
    }
    assertThat(candidate.hasPassed()).isTrue();
    assertThat(candidate.text()).endsWith("0 lost, 1 returned");
  }

  @Test
  void oneThatGoesHasItsTasksLostOrReturned() {
    candidate.sent(candidate.next(3), now);
    candidate.lost(now);
    candidate.returned();
    candidate.returned();
    assertThat(candidate.hasPassed()).isFalse();
    assertThat(candidate.text()).contains("not all tasks were answered; 1 lost, 2 returned");
  }
}
