package fonio.interchange;

import fonio.wire.FrameView;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A listener that writes down what it is told, one line for each task or event. */
final class Told implements InterchangeListener {
  /** The managers that have said all that they hold. */
  final List<String> back = new ArrayList<>();

  private final List<String> lines = new ArrayList<>();
  private final Set<Long> open = new HashSet<>();
  private String refusal = "";
  private boolean adopting;

  /** What was told since the last look. */
  List<String> take() {
    List<String> all = List.copyOf(lines);
    lines.clear();
    return all;
  }

  boolean has(String line) {
    return lines.contains(line);
  }

  /** Whether a line begins so. */
  boolean hears(String start) {
    return lines.stream().anyMatch(line -> line.startsWith(start));
  }

  void forget(String line) {
    lines.remove(line);
  }

  /** Takes the next results for malformed. */
  void refuse(String why) {
    refusal = why;
  }

  /** These tasks, of class 1, are adopted, each once. */
  void adopts(long... tasks) {
    for (long task : tasks) {
      open.add(task);
    }
    adopting = true;
  }

  @Override
  public boolean adopts() {
    return adopting;
  }

  @Override
  public int adopt(int id, int attempt) {
    boolean is = open.remove(Integer.toUnsignedLong(id));
    lines.add((is ? "adopt %d/%d" : "refuse %d/%d").formatted(id, attempt));
    return is ? 1 : UNWANTED;
  }

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts) {
    if (!refusal.isEmpty()) {
      throw new IllegalArgumentException(refusal);
    }
    for (int i = 0; i < frame.count(); i++) {
      lines.add(
          attempts[i] == STALE
              ? "stale " + tasks[i]
              : "%s %d/%d".formatted(Status.name(frame.status(i)), tasks[i], attempts[i]));
    }
  }

  @Override
  public void returned(long task, int attempt) {
    lines.add("returned " + task + "/" + attempt);
  }

  @Override
  public void lost(long task, int attempt, ManagerInfo manager, String why) {
    lines.add("lost " + task + "/" + attempt + " by " + manager.name());
  }

  @Override
  public void tooLate(long task) {
    lines.add("too late " + task);
  }

  @Override
  public void cameBack(ManagerInfo manager) {
    back.add(manager.name());
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {
    lines.add("joined " + manager.name() + " " + workers);
  }

  @Override
  public void left(ManagerInfo manager, String why) {
    lines.add("left " + manager.name() + ": " + why);
  }

  @Override
  public void unusable(ManagerInfo manager, String why) {
    lines.add("unusable " + manager.name() + ": " + why);
  }

  @Override
  public void output(ManagerInfo manager, int worker, boolean error, String text) {
    lines.add("%s %s-w%d %s".formatted(error ? "err" : "out", manager.name(), worker, text));
  }

  @Override
  public void said(String text) {
    lines.add("said " + text);
  }
}
