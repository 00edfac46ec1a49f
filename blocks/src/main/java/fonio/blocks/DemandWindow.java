package fonio.blocks;

import java.util.ArrayDeque;
import java.util.List;

/** What there was to do at the decisions of the last {@code maxIdletime}. */
final class DemandWindow {
  private record Sample(long atNanos, Demand demand) {}

  private final long lengthNanos;
  private final long startedAtNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private long busyAtNanos;

  DemandWindow(long lengthNanos, long nowNanos) {
    this.lengthNanos = lengthNanos;
    this.startedAtNanos = nowNanos;
    this.busyAtNanos = nowNanos;
  }

  /** Notes what there is to do at a decision. */
  void add(Demand demand, long nowNanos) {
    samples.add(new Sample(nowNanos, demand));
    while (nowNanos - samples.element().atNanos > lengthNanos) {
      samples.remove();
    }
  }

  /** Notes whether there is anything to do, between decisions too. */
  void look(Demand demand, long nowNanos) {
    if (demand.outstandingTasks() > 0) {
      busyAtNanos = nowNanos;
    }
  }

  List<Demand> recent() {
    return samples.stream().map(Sample::demand).toList();
  }

  long watchedNanos(long nowNanos) {
    return nowNanos - startedAtNanos;
  }

  long tasklessNanos(long nowNanos) {
    return nowNanos - busyAtNanos;
  }
}
