package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Effects, written down one line each. */
final class Recorded implements BlockEffects {
  private final List<String> lines = new ArrayList<>();

  /** These and nothing else since the last look. */
  void expect(String... expected) {
    List<String> told = List.copyOf(lines);
    lines.clear();
    assertThat(told).containsExactly(expected);
  }

  /** What was told since the last look. */
  List<String> take() {
    List<String> told = List.copyOf(lines);
    lines.clear();
    return told;
  }

  @Override
  public void submit(String block) {
    lines.add("submit " + block);
  }

  @Override
  public void cancel(String block, String job) {
    lines.add("cancel " + block + " " + job);
  }

  @Override
  public void drain(String block) {
    lines.add("drain " + block);
  }

  @Override
  public void failAll(String text) {
    lines.add("fail all: " + text);
  }

  @Override
  public void said(String line) {
    lines.add("said " + line);
  }
}
