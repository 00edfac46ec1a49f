package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final Load load = new Load();

  @Test
  void managerThatReportedNoWindowIsFull() {
    assertThat(load.isFull()).isTrue();
    assertThat(load.room(1)).isZero();
  }

  @Test
  void oneClassFillsItsWindowExactly() {
    load.windowOtherwise(8);
    for (int sent = 0; sent < 8; sent++) {
      assertThat(load.room(1)).isEqualTo(8 - sent);
      assertThat(load.isFull()).isFalse();
      load.add(1, 1);
    }
    assertThat(load.isFull()).isTrue();
    assertThat(load.room(1)).isZero();
    load.remove(1);
    assertThat(load.room(1)).isEqualTo(1);
  }

  @Test
  void windowsThatAreNoPowersOfTwoFillExactlyToo() {
    for (int window = 1; window < 3000; window += 7) {
      Load other = new Load();
      other.windowOtherwise(window);
      other.add(1, window - 1);
      assertThat(other.room(1)).isEqualTo(1);
      other.add(1, 1);
      assertThat(other.isFull()).isTrue();
      assertThat(other.room(1)).isZero();
    }
  }

  @Test
  void tasksOfSeveralClassesAddUpToOneWhole() {
    load.windowOtherwise(8);
    load.window(2, 100);
    load.add(1, 4);
    assertThat(load.taken()).isEqualTo(0.5);
    assertThat(load.room(1)).isEqualTo(4);
    assertThat(load.room(2)).isEqualTo(50);
    load.add(2, 25);
    assertThat(load.room(1)).isEqualTo(2);
    assertThat(load.room(2)).isEqualTo(25);
  }

  @Test
  void windowThatShrinksWhileTasksAreOutLeavesNoRoomUntilTheyEnd() {
    load.windowOtherwise(100);
    load.add(1, 50);
    load.window(1, 10);
    assertThat(load.room(1)).isZero();
    assertThat(load.room(2)).isZero();
    assertThat(load.isFull()).isTrue();
    for (int i = 0; i < 41; i++) {
      load.remove(1);
    }
    assertThat(load.room(1)).isEqualTo(1);
    load.window(1, 200);
    assertThat(load.room(1)).isEqualTo(191);
  }

  @Test
  void classOfAnEmptyWindowHasNoRoomAndItsTasksFillTheWhole() {
    load.windowOtherwise(4);
    load.window(1, 0);
    assertThat(load.room(1)).isZero();
    assertThat(load.room(2)).isEqualTo(4);
    load.add(1, 1);
    assertThat(load.isFull()).isTrue();
    load.remove(1);
    assertThat(load.room(2)).isEqualTo(4);
  }

  @Test
  void windowsStayWhenAllTasksAreGone() {
    load.windowOtherwise(4);
    load.window(7, 40);
    load.add(7, 40);
    load.add(1, 2);
    load.clear();
    assertThat(load.taken()).isZero();
    assertThat(load.room(7)).isEqualTo(40);
    assertThat(load.room(1)).isEqualTo(4);
  }

  @RepeatedTest(10)
  void partsAreThoseOfAMapOfCountsAndWindows(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    Map<Integer, Integer> counts = new HashMap<>();
    Map<Integer, Integer> windows = new HashMap<>();
    int otherwise = random.nextInt(1, 50);
    load.windowOtherwise(otherwise);
    for (int event = 0; event < 500; event++) {
      int classId = random.nextInt(1, 12);
      switch (random.nextInt(4)) {
        case 0 -> {
          int window = random.nextInt(1, 300);
          windows.put(classId, window);
          load.window(classId, window);
        }
        case 1 -> {
          int room = load.room(classId);
          load.add(classId, room);
          counts.merge(classId, room, Integer::sum);
        }
        default -> {
          if (counts.getOrDefault(classId, 0) > 0) {
            counts.merge(classId, -1, Integer::sum);
            load.remove(classId);
          }
        }
      }
      int all = otherwise;
      double taken =
          counts.entrySet().stream()
              .mapToDouble(e -> (double) e.getValue() / windows.getOrDefault(e.getKey(), all))
              .sum();
      assertThat(load.taken()).isCloseTo(taken, within(1e-9));
      double room = Math.max(0, (1 - taken) * windows.getOrDefault(classId, all));
      assertThat((double) load.room(classId)).isBetween(room - 1, room + 1e-3);
    }
  }
}
