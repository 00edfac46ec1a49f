package fonio.pool;

import fonio.wire.FrameView;
import java.util.ArrayList;
import java.util.List;

/** A listener that writes down what it hears, one line for each call. */
final class Heard implements PoolListener {
  final List<String> lines = new ArrayList<>();

  /** What was heard since the last look. */
  List<String> take() {
    List<String> all = List.copyOf(lines);
    lines.clear();
    return all;
  }

  @Override
  public void results(int worker, FrameView frame, long[] tasks, int[] attempts) {
    for (int i = 0; i < frame.count(); i++) {
      lines.add("result " + tasks[i] + "/" + attempts[i] + " " + frame.status(i));
    }
  }

  @Override
  public void returned(long task, int attempt) {
    lines.add("returned " + task + "/" + attempt);
  }

  @Override
  public void lost(long task, int attempt, WorkerDeath death) {
    lines.add("lost " + task + "/" + attempt + " " + death.status().text());
  }

  @Override
  public void killed(long task, int attempt) {
    lines.add("killed " + task + "/" + attempt);
  }

  @Override
  public void timedOut(long task, int attempt, long walltimeMillis) {
    lines.add("timed out " + task + "/" + attempt + " " + walltimeMillis);
  }

  @Override
  public void unusable(WorkerDeath death) {
    lines.add("unusable " + death.status().text() + ": " + death.lastLine());
  }

  @Override
  public void output(int worker, boolean error, String text) {
    lines.add((error ? "err " : "out ") + text.strip());
  }
}
