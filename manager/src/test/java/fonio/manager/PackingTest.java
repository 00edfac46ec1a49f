package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that name what they need, beside others, on workers that are only numbers. */
class PackingTest {
  private static final long PATIENCE = 1000;
  private static final Request SHARE = new Request(1000, 0, 0, 0);

  private final List<SizedTask> waiting = new ArrayList<>();
  private final FakeWorkers workers = new FakeWorkers(4);
  private Packing packing = packing(node(4), new Packing.Rules(SHARE, 4, false, PATIENCE));

  private Packing packing(Capacity node, Packing.Rules rules) {
    return new Packing(node, rules, waiting, workers);
  }

  private static Capacity node(int cores) {
    return new Capacity(IntStream.range(0, cores).boxed().toList(), 0, List.of(), List.of());
  }

  private void comes(long task, Request request, long now) {
    waiting.add(new SizedTask(1, request, new long[] {task}, new int[1], new byte[0], now));
  }

  private void comes(long task, int cores, long now) {
    comes(task, new Request(1000 * cores, 0, 0, 0), now);
  }

  @Test
  void nothingIsHeldAndNothingDoneWhileNoTaskNamesWhatItNeeds() {
    assertThat(packing.turn(0)).isZero();
    assertThat(workers.held).doesNotContain(true);
    assertThat(workers.started).isEmpty();
  }

  @Test
  void twoTasksOfTwoCoresRunSideBySideAndOneOfFourAlone() {
    comes(1, 2, 0);
    comes(2, 2, 0);
    comes(3, 4, 0);
    assertThat(packing.turn(0)).isEqualTo(2);
    assertThat(workers.running()).containsExactly(1L, 2L);
    assertThat(workers.held).containsOnly(true);
    workers.ends(1);
    assertThat(packing.turn(1)).isZero();
    workers.ends(2);
    assertThat(packing.turn(2)).isEqualTo(1);
    assertThat(workers.running()).containsExactly(3L);
    workers.ends(3);
    packing.turn(3);
    assertThat(workers.held).doesNotContain(true);
    assertThat(workers.allotments.values()).isEmpty();
  }

  @Test
  void workersKeepTheirSharesOfWhatATaskLeaves() {
    comes(1, 2, 0);
    packing.turn(0);
    assertThat(workers.held).containsExactly(false, false, true, true);
  }

  @Test
  void aTaskThatIsYoungIsOvertakenAndOneThatIsOldDrainsAsManyWorkersAsItNeeds() {
    workers.ordinary(0, 1, 2, 3);
    comes(1, 2, 0);
    packing.turn(0);
    assertThat(workers.held).doesNotContain(true);
    packing.turn(PATIENCE);
    assertThat(workers.held).containsExactly(false, false, true, true);
    workers.idle(3);
    packing.turn(PATIENCE + 1);
    assertThat(workers.held).containsExactly(false, false, true, true);
    assertThat(workers.started).isEmpty();
    workers.idle(2);
    assertThat(packing.turn(PATIENCE + 2)).isEqualTo(1);
  }

  @Test
  void nothingThatNamesWhatItNeedsOvertakesAnOldTask() {
    workers.ordinary(0, 1);
    comes(1, 3, 0);
    comes(2, 1, 0);
    packing.turn(0);
    assertThat(workers.running()).containsExactly(2L);
    comes(3, 1, 1);
    packing.turn(PATIENCE);
    assertThat(workers.running()).containsExactly(2L);
    workers.idle(0);
    workers.idle(1);
    packing.turn(PATIENCE + 1);
    assertThat(workers.running()).containsExactly(1L, 2L);
  }

  @Test
  void whatATaskMustWaitForAnywayIsLeftToOthersMeanwhile() {
    comes(1, 3, 0);
    packing.turn(0);
    comes(2, 2, 0);
    packing.turn(10 * PATIENCE);
    assertThat(workers.running()).containsExactly(1L);
    assertThat(workers.held.stream().filter(held -> !held)).hasSize(1);
  }

  @Test
  void anAcceleratorThatATaskHasIsNotThatOfAnotherWorker() {
    Capacity node = new Capacity(List.of(0, 1, 2, 3), 0, List.of("a", "b", "c", "d"), List.of());
    Request share = new Request(1000, 0, 1000, 0);
    packing = packing(node, new Packing.Rules(share, 4, false, PATIENCE));
    workers.ordinary(0);
    comes(1, new Request(1000, 0, 1000, 0), 0);
    packing.turn(0);
    Allotment allotment = workers.allotments.get(1);
    assertThat(allotment).isNotNull();
    assertThat(allotment.accelerators().getFirst().device()).isEqualTo(1);
    assertThat(workers.held).containsExactly(false, true, false, false);
  }

  @Test
  void programsOfFewNodesGoFirstUntilOneIsOld() {
    Capacity block = new Capacity(List.of(), 0, List.of(), List.of("a", "b", "c"));
    packing = packing(block, new Packing.Rules(SHARE, 0, true, PATIENCE));
    assertThat(workers.held).containsOnly(true);
    comes(1, new Request(0, 0, 0, 3), 0);
    comes(2, new Request(0, 0, 0, 2), 1);
    comes(3, new Request(0, 0, 0, 1), 2);
    assertThat(packing.turn(2)).isEqualTo(2);
    assertThat(workers.running()).containsExactly(2L, 3L);
    comes(4, new Request(0, 0, 0, 1), 3);
    workers.ends(3);
    packing.turn(4);
    assertThat(workers.running()).containsExactly(2L, 4L);
    comes(5, new Request(0, 0, 0, 1), 5);
    workers.ends(4);
    packing.turn(PATIENCE);
    assertThat(workers.running()).containsExactly(2L);
    workers.ends(2);
    packing.turn(PATIENCE + 1);
    assertThat(workers.running()).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyTaskRunsHoweverManyOthersComeAndNothingIsTakenTwice(long seed) {
    Random random = new Random(seed);
    long now = 0;
    int came = 0;
    for (int step = 0; step < 4000 || !waiting.isEmpty() || !workers.running().isEmpty(); step++) {
      now += random.nextInt(40);
      if (step < 4000 && random.nextInt(4) == 0) {
        comes(++came, 1 + random.nextInt(4), now);
      }
      workers.fillAllThatMay();
      workers.someEnd(random);
      packing.turn(now);
      assertThat(workers.coresInUse()).isLessThanOrEqualTo(4);
      if (!waiting.isEmpty()) {
        assertThat(now - waiting.getFirst().cameAtNanos()).isLessThan(1000 * PATIENCE);
      }
    }
    assertThat(workers.started).hasSize(came);
    assertThat(workers.held).doesNotContain(true);
  }

  /** Workers as numbers: those that have ordinary tasks, and those that have a sized one. */
  private static final class FakeWorkers implements Packing.Workers {
    final List<Boolean> held = new ArrayList<>();
    final List<Boolean> ordinary = new ArrayList<>();
    final List<Long> started = new ArrayList<>();
    final Map<Integer, Long> sized = new TreeMap<>();
    final Map<Integer, Allotment> allotments = new TreeMap<>();

    FakeWorkers(int count) {
      for (int w = 0; w < count; w++) {
        held.add(false);
        ordinary.add(false);
      }
    }

    void ordinary(int... workers) {
      for (int w : workers) {
        ordinary.set(w, true);
      }
    }

    void idle(int worker) {
      ordinary.set(worker, false);
    }

    void ends(long task) {
      sized.values().removeIf(runs -> runs == task);
    }

    List<Long> running() {
      return sized.values().stream().sorted().toList();
    }

    void fillAllThatMay() {
      for (int w = 0; w < held.size(); w++) {
        if (!held.get(w)) {
          ordinary.set(w, true);
        }
      }
    }

    void someEnd(Random random) {
      for (int w = 0; w < held.size(); w++) {
        if (random.nextInt(4) == 0) {
          ordinary.set(w, false);
        }
      }
      sized.values().removeIf(task -> random.nextInt(4) == 0);
    }

    int coresInUse() {
      int cores = (int) ordinary.stream().filter(has -> has).count();
      for (int w : sized.keySet()) {
        Allotment allotment = allotments.get(w);
        cores += allotment == null ? 0 : allotment.cores().size();
      }
      return cores;
    }

    @Override
    public int count() {
      return held.size();
    }

    @Override
    public boolean hasTasks(int worker) {
      return ordinary.get(worker) || sized.containsKey(worker);
    }

    @Override
    public boolean isFree(int worker) {
      return !hasTasks(worker);
    }

    @Override
    public void hold(int worker, boolean hold) {
      held.set(worker, hold);
    }

    @Override
    public void start(int worker, SizedTask task, Allotment allotment) {
      assertThat(hasTasks(worker)).isFalse();
      started.add(task.tasks()[0]);
      sized.put(worker, task.tasks()[0]);
      allotments.put(worker, allotment);
    }

    @Override
    public void ended(int worker) {
      allotments.remove(worker);
    }
  }
}
