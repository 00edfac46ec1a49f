package fonio.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HomecomingTest {
  private static final long SECOND = 1_000_000_000L;

  /** Clocks may pass over the largest number. */
  private static final long START = Long.parseLong("9223372036000000000");

  private final List<String> forgotten = new ArrayList<>();
  private final Homecoming homecoming =
      new Homecoming(Set.of("a", "b"), START + 5 * SECOND, forgotten::add);

  @Test
  void whenNobodyIsAwaitedItIsOver() {
    assertThat(Homecoming.none().isOver(START)).isTrue();
    assertThat(new Homecoming(Set.of(), START + SECOND, forgotten::add).isOver(START)).isTrue();
    assertThat(Homecoming.none().sleepNanos(START)).isEqualTo(Long.MAX_VALUE);
    assertThat(Homecoming.none().text(START)).isEmpty();
  }

  @Test
  void itIsOverWhenAllHaveCome() {
    homecoming.came("b");
    homecoming.came("stranger");
    assertThat(homecoming.isOver(START)).isFalse();
    homecoming.came("a");
    assertThat(homecoming.isOver(START)).isTrue();
  }

  @Test
  void itIsOverForGoodWhenItsTimeHasPassed() {
    homecoming.came("b");
    assertThat(homecoming.isOver(START + 5 * SECOND - 1)).isFalse();
    assertThat(forgotten).isEmpty();
    assertThat(homecoming.isOver(START + 5 * SECOND)).isTrue();
    assertThat(homecoming.isOver(START)).isTrue();
    assertThat(forgotten).containsExactly("a");
  }

  @Test
  void itSaysWhoIsAwaitedAndForHowLong() {
    homecoming.came("a");
    assertThat(homecoming.sleepNanos(START + SECOND)).isEqualTo(4 * SECOND);
    assertThat(homecoming.text(START + SECOND)).contains("4.0 s").endsWith(": b");
  }
}
