package fonio.executors;

import fonio.interchange.InterchangeListener;
import fonio.interchange.ManagerInfo;
import fonio.transport.Segments;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Translates what an interchange tells into outcomes of the kernel's tasks. */
final class HtexReports implements InterchangeListener {
  /** Who is told of managers. */
  interface Owner {
    /** A manager has come back, and has said what it holds. */
    void cameBack(ManagerInfo manager);

    /** A manager has come. */
    void joined(ManagerInfo manager, int workers);

    /** A manager is gone. */
    void left(ManagerInfo manager, String why);

    /** A manager cannot run tasks. */
    void unusable(ManagerInfo manager, String why);
  }

  private final Outcomes outcomes;
  private final LaneResults results;
  private final Owner owner;
  private final Adopter adopter;
  private final Consumer<String> log;
  private final Set<Long> recalled = new HashSet<>();

  HtexReports(
      Outcomes outcomes, Segments segments, Owner owner, Adopter adopter, Consumer<String> log) {
    this.outcomes = outcomes;
    this.results = new LaneResults(outcomes, segments);
    this.owner = owner;
    this.adopter = adopter;
    this.log = log;
  }

  /** A task was asked for: what becomes of that is told. */
  void recalled(long task) {
    recalled.add(task);
  }

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts) {
    results.take(frame, tasks, attempts);
    if (!recalled.isEmpty()) {
      for (int i = 0; i < frame.count(); i++) {
        if (attempts[i] != STALE) {
          returnedAsAsked(tasks[i]);
        }
      }
    }
  }

  private void returnedAsAsked(long task) {
    if (recalled.remove(task)) {
      outcomes.recalled(task);
    }
  }

  /** There was an engine before this one, whose managers keep what they hold. */
  void adopt() {
    adopter.begin();
  }

  @Override
  public boolean adopts() {
    return adopter.adopts();
  }

  @Override
  public int adopt(int id, int attempt) {
    return adopter.adopt(id, attempt);
  }

  @Override
  public void returned(long task, int attempt) {
    outcomes.returned(task, attempt);
    returnedAsAsked(task);
  }

  @Override
  public void lost(long task, int attempt, ManagerInfo manager, String why) {
    String message =
        "%s is gone (%s); it may have been running task %d".formatted(manager.text(), why, task);
    outcomes.lost(
        task,
        attempt,
        new Fault(
            "ManagerLost",
            message,
            Map.of("task", "" + task, "manager", manager.name(), "host", manager.host())));
    returnedAsAsked(task);
  }

  @Override
  public void tooLate(long task) {
    if (recalled.remove(task)) {
      outcomes.tooLate(task);
    }
  }

  @Override
  public void cameBack(ManagerInfo manager) {
    owner.cameBack(manager);
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {
    said("%s has come, with %d workers".formatted(manager.text(), workers));
    owner.joined(manager, workers);
  }

  @Override
  public void left(ManagerInfo manager, String why) {
    said("%s is gone: %s".formatted(manager.text(), why));
    owner.left(manager, why);
  }

  @Override
  public void unusable(ManagerInfo manager, String why) {
    said("%s cannot run tasks: %s".formatted(manager.text(), why));
    owner.unusable(manager, why);
  }

  @Override
  public void output(ManagerInfo manager, int worker, boolean error, String text) {
    outcomes.output(worker, error, text);
  }

  @Override
  public void said(String text) {
    log.accept(text);
  }
}
