package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Effects that are written down, to be compared whole: a test that expects one thing proves that
 * nothing else was told.
 */
final class RecordedEffects implements Effects {

  private final List<String> told = new ArrayList<>();

  @Override
  public void ended(long task, Ending ending, long cause) {
    told.add(task + " " + ending + (cause == task ? "" : " by " + cause));
  }

  @Override
  public void ask(long task) {
    told.add(task + " ask");
  }

  @Override
  public void lookUp(long task) {
    told.add(task + " look up");
  }

  /** Exactly this was told since the last expectation, in this order. */
  void expect(String... lines) {
    assertThat(told).containsExactly(lines);
    told.clear();
  }

  /** Exactly so many endings of one kind were told since the last expectation. */
  void expectEndings(int count, Ending ending) {
    assertThat(told).hasSize(count).allMatch(line -> line.endsWith(" " + ending));
    told.clear();
  }
}
