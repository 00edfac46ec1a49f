package fonio.executors;

import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Outcomes that write down what they hear, one line for each task. */
final class HeardOutcomes implements Outcomes {
  private final List<String> lines = new ArrayList<>();

  /** How a payload is written down, by its frame and its index. */
  private final BiFunction<FrameView, Integer, String> text;

  HeardOutcomes(BiFunction<FrameView, Integer, String> text) {
    this.text = text;
  }

  /** What was heard since the last look. */
  List<String> take() {
    List<String> all = List.copyOf(lines);
    lines.clear();
    return all;
  }

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts, int from) {
    for (int i = 0; i < frame.count(); i++) {
      lines.add(
          "%s %d/%d %s"
              .formatted(
                  Status.name(frame.status(i)),
                  tasks[from + i],
                  attempts[from + i],
                  text.apply(frame, i)));
    }
    if (frame.ranNanos() >= 0) {
      lines.add("ran " + frame.ranNanos());
    }
  }

  @Override
  public void returned(long task, int attempt) {
    lines.add("returned " + task + "/" + attempt);
  }

  @Override
  public void lost(long task, int attempt, Fault fault) {
    lines.add("lost " + task + "/" + attempt + " " + fault.name());
  }

  @Override
  public void killed(long task, int attempt) {
    lines.add("killed " + task + "/" + attempt);
  }

  @Override
  public void failed(long task, int attempt, Fault fault) {
    lines.add("failed " + task + "/" + attempt + " " + fault.name());
  }

  @Override
  public void recalled(long task) {
    lines.add("recalled " + task);
  }

  @Override
  public void tooLate(long task) {
    lines.add("too late " + task);
  }

  @Override
  public void unusable(int lane, Fault fault) {
    lines.add("unusable " + fault.message());
  }

  @Override
  public void output(int worker, boolean error, String output) {
    lines.add("output " + output);
  }
}
