package fonio.interchange;

import java.util.Arrays;

/** How one manager fares in a trial: its workers are warmed up, then pinged, then kept busy. */
final class Candidate {
  private static final int WARMING_A_WORKER = 4;

  /** What it is asked for now. */
  enum Stage {
    WARMING,
    PINGING,
    BUSY,
    DONE
  }

  final int number;
  final ManagerInfo info;
  private final long[] roundTrips;
  private final int warming;
  private final int tasks;
  private Stage stage = Stage.WARMING;
  private int left;
  private int out;
  private int pings;
  private int failed;
  private int lost;
  private int returned;
  private long sentAtNanos;
  private long busySinceNanos;
  private long busyNanos;
  private String problem = "";

  Candidate(int number, ManagerInfo info, int workers, TrialPlan plan) {
    this.number = number;
    this.info = info;
    this.roundTrips = new long[Math.max(1, plan.pings())];
    this.warming = Math.max(1, WARMING_A_WORKER * workers);
    this.tasks = Math.max(1, plan.tasks());
    this.left = warming;
  }

  Stage stage() {
    return stage;
  }

  /** How many tasks it is sent now, if it has room for so many. */
  int next(int room) {
    return stage == Stage.PINGING && out > 0 ? 0 : Math.min(room, left);
  }

  /** It was sent so many. */
  void sent(int count, long nowNanos) {
    if (stage == Stage.BUSY && busySinceNanos == 0) {
      busySinceNanos = nowNanos;
    }
    sentAtNanos = nowNanos;
    left -= count;
    out += count;
  }

  /** One of its tasks has ended well. */
  void answered(long nowNanos) {
    if (stage == Stage.PINGING) {
      roundTrips[pings++] = nowNanos - sentAtNanos;
    }
    ended(nowNanos);
  }

  /** One of its tasks has ended badly. */
  void failed(String why, long nowNanos) {
    failed++;
    problem = problem.isEmpty() ? why : problem;
    ended(nowNanos);
  }

  /** One of its tasks came back and did not run: another one goes in its place. */
  void returned() {
    returned++;
    out--;
    left++;
  }

  /** One of its tasks is lost with it. */
  void lost(long nowNanos) {
    lost++;
    ended(nowNanos);
  }

  private void ended(long nowNanos) {
    out--;
    if (out > 0 || (left > 0 && stage != Stage.PINGING)) {
      return;
    }
    switch (stage) {
      case WARMING -> begin(Stage.PINGING, 1);
      case PINGING -> {
        boolean enough = pings == roundTrips.length || !isSound();
        begin(enough ? Stage.BUSY : Stage.PINGING, enough ? tasks : 1);
      }
      case BUSY -> {
        busyNanos = Math.max(1, nowNanos - busySinceNanos);
        stage = Stage.DONE;
      }
      case DONE -> {}
    }
  }

  private void begin(Stage next, int count) {
    stage = next;
    left = count;
  }

  /** Whether nothing went wrong so far. */
  boolean isSound() {
    return failed + lost == 0;
  }

  /** Whether it has answered all, and well. */
  boolean hasPassed() {
    return stage == Stage.DONE && isSound();
  }

  /** For people: what it did. */
  String text() {
    StringBuilder text = new StringBuilder(info.text()).append(": ");
    if (stage == Stage.DONE) {
      text.append("%d tasks, %,.0f tasks/s; ".formatted(tasks, tasks * 1e9 / busyNanos));
    } else {
      text.append("not all tasks were answered; ");
    }
    if (pings > 0) {
      text.append(
          "round trip %.2f ms (p50), %.2f ms (p99); "
              .formatted(percentile(50) / 1e6, percentile(99) / 1e6));
    }
    text.append("%d lost, %d returned".formatted(lost, returned));
    return failed == 0 ? text.toString() : text + ", %d failed: %s".formatted(failed, problem);
  }

  /** The time that so many percent of the round trips took at most. */
  long percentile(int percent) {
    long[] sorted = Arrays.copyOf(roundTrips, pings);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(pings * percent / 100.0) - 1)];
  }
}
