package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HintsTest {
  private final Hints<String> hints = new Hints<>();

  @Test
  void nobodyHasATaskThatWasNotNoted() {
    assertThat(hints.get(17)).isNull();
  }

  @Test
  void nearlyAllTasksOfFramesOfAHundredAreFoundAlsoWhenTheTableGrew() {
    int found = 0;
    int frames = 3_000;
    for (int frame = 0; frame < frames; frame++) {
      long[] tasks = LongStream.range(100L * frame + 1, 100L * frame + 101).toArray();
      hints.put(tasks, 0, 100, "manager " + frame, 100 * (frame + 1));
    }
    for (int task = 1; task <= 100 * frames; task++) {
      found += ("manager " + (task - 1) / 100).equals(hints.get(task)) ? 1 : 0;
    }
    assertThat(found).isGreaterThan(97 * frames);
  }
}
