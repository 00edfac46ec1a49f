package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutstandingTest {
  private record Note(int attempt, int classId) {}

  private Outstanding outstanding = new Outstanding();

  /** The tasks in the order in which they were added. */
  private final Map<Long, Note> model = new LinkedHashMap<>();

  private void add(long task, int attempt, int classId) {
    outstanding.add(task, attempt, classId);
    model.put(task, new Note(attempt, classId));
  }

  private void remove(long task) {
    outstanding.remove(outstanding.find((int) task));
    model.remove(task);
  }

  private List<Long> oldestFirst() {
    List<Long> tasks = new ArrayList<>();
    for (int at : outstanding.oldestFirst()) {
      tasks.add(outstanding.task(at));
    }
    return tasks;
  }

  private void compare() {
    assertThat(outstanding.size()).isEqualTo(model.size());
    model.forEach((task, note) -> {
      int at = outstanding.find(task.intValue(), note.attempt);
      assertThat(at).isNotNegative();
      assertThat(outstanding.task(at)).isEqualTo(task);
      assertThat(outstanding.attempt(at)).isEqualTo(note.attempt);
      assertThat(outstanding.classId(at)).isEqualTo(note.classId);
      assertThat(outstanding.find(task.intValue(), note.attempt + 1)).isEqualTo(-1);
    });
    assertThat(oldestFirst()).containsExactlyElementsOf(model.keySet());
  }

  @RepeatedTest(20)
  void anyOrderOfEventsLeavesWhatAMapWouldHold(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    int range = 1 << random.nextInt(3, 12);
    for (int event = 0; event < 1000; event++) {
      long task = 1L + random.nextInt(range);
      if (model.containsKey(task)) {
        remove(task);
      } else if (random.nextInt(100) < 70) {
        add(task, random.nextInt(0xFFFF), random.nextInt(0x10000));
      }
      assertThat(outstanding.find((int) task) >= 0).isEqualTo(model.containsKey(task));
      if (event % 200 == 0) {
        compare();
      }
    }
    compare();
    List.copyOf(model.keySet()).forEach(this::remove);
    compare();
  }

  /** Ids that all have one home, so that each removal must close the row behind it. */
  @RepeatedTest(20)
  void idsThatCollideAreToldApart(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    List<Long> ids = new ArrayList<>();
    for (long id = 1; ids.size() < 24; id++) {
      int home = (((int) id * 0x9E3779B9) >>> 8) & 63;
      if (home >= 60 || home < 2) {
        ids.add(id);
      }
    }
    for (int event = 0; event < 300; event++) {
      long task = ids.get(random.nextInt(ids.size()));
      if (model.containsKey(task)) {
        remove(task);
      } else {
        add(task, event, 1);
      }
      compare();
    }
  }

  @Test
  void taskIsFoundByTheLower32BitsOfItsNumber() {
    add(0x7_FFFF_FFF0L, 3, 9);
    assertThat(outstanding.find(0xFFFF_FFF0, 3)).isNotNegative();
    compare();
  }

  @Test
  void attemptsAreComparedByTheirLower16Bits() {
    outstanding.add(5, 0x1_0002, 1);
    assertThat(outstanding.find(5, 2)).isNotNegative();
    assertThat(outstanding.find(5, 0x1_0002)).isNotNegative();
    assertThat(outstanding.find(5, 3)).isEqualTo(-1);
  }

  @Test
  void orderSurvivesTheWrapOfItsNumbers() {
    outstanding = new Outstanding(Integer.MAX_VALUE - 1);
    for (long task = 9; task > 3; task--) {
      add(task, 0, 1);
    }
    compare();
    assertThat(oldestFirst()).containsExactly(9L, 8L, 7L, 6L, 5L, 4L);
    remove(7);
    add(7, 1, 1);
    compare();
  }

  @Test
  void clearedTableIsEmptyAndCanBeUsed() {
    for (long task = 1; task < 100; task++) {
      add(task, 0, 1);
    }
    outstanding.clear();
    model.clear();
    compare();
    add(7, 0, 2);
    compare();
  }
}
