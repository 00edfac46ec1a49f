package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final RandomGenerator RANDOM = RandomGeneratorFactory.getDefault().create(7);

  /** Managers of which each has a part taken, in percent, and is in the block of its place. */
  private static Selection.View view(int... percent) {
    return new Selection.View() {
      @Override
      public int size() {
        return percent.length;
      }

      @Override
      public double taken(int place) {
        return percent[place] / 100.0;
      }

      @Override
      public int block(int place) {
        return percent.length - place;
      }
    };
  }

  @Test
  void leastLoadedIsTheOneWithTheLeastPartTaken() {
    assertThat(Selection.leastLoaded(RANDOM).choose(view(50, 20, 70))).isEqualTo(1);
    assertThat(Selection.leastLoaded(RANDOM).choose(view(50))).isZero();
  }

  @Test
  void ofVeryManyASampleIsComparedAndEveryoneGetsInto() {
    int[] percent = new int[100];
    java.util.Arrays.fill(percent, 50);
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      chosen.add(Selection.leastLoaded(RANDOM).choose(view(percent)));
    }
    assertThat(chosen).hasSize(100);
  }

  @Test
  void randomReachesEverybody() {
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      chosen.add(Selection.random(RANDOM).choose(view(1, 2, 3)));
    }
    assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void blockOfTheLowestNumberComesFirst() {
    assertThat(Selection.byBlock().choose(view(0, 0, 99))).isEqualTo(2);
  }

  @Test
  void nameThatIsNoneIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> Selection.named("fastest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("manager_selector=fastest is unknown; use random, least_loaded, block or data");
    assertThat(Selection.named("block").choose(view(0, 0))).isEqualTo(1);
  }
}
