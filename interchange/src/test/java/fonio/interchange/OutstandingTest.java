package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutstandingTest {
  private record Entry(int attempt, int classId) {}

  private final Outstanding outstanding = new Outstanding();
  private final Map<Long, Entry> model = new LinkedHashMap<>();

  @Test
  void whateverIsAddedAndRemovedItHoldsTheSameAsAMapThatKeepsTheOrder() {
    Random random = new Random(7);
    for (int step = 0; step < 4_000; step++) {
      long first = (5L << 32) - 3_000 + random.nextInt(6_000);
      int attempt = random.nextInt(3);
      int classId = 65_535 - random.nextInt(2);
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        add(first + i, attempt, classId);
      }
      List<Long> tasks = new ArrayList<>(model.keySet());
      int most = step % 500 > 400 ? tasks.size() : Math.min(tasks.size(), 30);
      for (int i = 0; i < most; i++) {
        remove(tasks.get(random.nextInt(tasks.size())));
      }
      if (step % 50 == 0) {
        compare();
      }
    }
    compare();
    List.copyOf(model.keySet()).forEach(this::remove);
    compare();
  }

  @Test
  void aTaskUnderAnotherAttemptIsNotFoundUnlessAnyWillDo() {
    add(17, 1, 1);
    assertThat(outstanding.find(17, 2)).isEqualTo(-1);
    assertThat(outstanding.find(17, 0x10001)).isNotNegative();
    assertThat(outstanding.find(17)).isNotNegative();
    assertThat(outstanding.find(16)).isEqualTo(-1);
  }

  @Test
  void tasksOfOneGroupThatWereSentAmongOthersKeepTheirOrder() {
    for (long task : new long[] {35, 99, 33, 34, 32}) {
      add(task, 0, 1);
    }
    compare();
  }

  @Test
  void aTaskWhoseNumberIsTooLargeIsRefused() {
    assertThatThrownBy(() -> outstanding.add(1L << 52, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4503599627370496");
  }

  private void add(long task, int attempt, int classId) {
    if (model.putIfAbsent(task, new Entry(attempt, classId)) == null) {
      outstanding.add(task, attempt, classId);
    }
  }

  private void remove(long task) {
    Entry entry = model.remove(task);
    if (entry != null) {
      outstanding.remove(outstanding.find((int) task, entry.attempt));
    }
  }

  private void compare() {
    assertThat(outstanding.size()).isEqualTo(model.size());
    List<Long> order = new ArrayList<>();
    for (int at : outstanding.oldestFirst()) {
      order.add(outstanding.task(at));
      assertThat(new Entry(outstanding.attempt(at), outstanding.classId(at)))
          .isEqualTo(model.get(outstanding.task(at)));
    }
    assertThat(order).containsExactlyElementsOf(model.keySet());
    for (long task : order) {
      assertThat(outstanding.task(outstanding.find((int) task))).isEqualTo(task);
    }
  }
}
