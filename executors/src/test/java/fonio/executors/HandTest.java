package fonio.executors;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskClass;
import fonio.wire.FrameWriter;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandTest {
  private static final int LANE = 3;
  private final Kernel kernel = new Kernel(new Nobody());
  private final Hand hand = new Hand(kernel, LANE, 8);

  @BeforeEach
  void start() {
    kernel.define(1, TaskClass.ofLane(LANE));
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private void submit(long task, long... parents) {
    kernel.submit(task, 1, parents, 0, parents.length, 0);
  }

  private long[] take(int most, int room) {
    hand.take(most, () -> room);
    return Arrays.copyOf(hand.tasks, hand.count);
  }

  @Test
  void tasksAreTakenInTheirOrderAsManyAsAsked() {
    kernel.submit(1, 5, 1);
    assertThat(take(2, 100)).containsExactly(1, 2);
    assertThat(take(9, 100)).containsExactly(3, 4, 5);
    assertThat(take(9, 100)).isEmpty();
  }

  @Test
  void atLeastOneIsTakenAndNeverMoreThanTheHandHolds() {
    kernel.submit(1, 12, 1);
    assertThat(take(0, 0)).containsExactly(1);
    assertThat(take(100, 100)).hasSize(8);
  }

  @Test
  void dependantFollowsTheTaskThatAloneHoldsItUpAsFarAsThereIsRoom() {
    kernel.submit(1, 2, 1);
    submit(3, 1);
    submit(4, 3);
    submit(5, 2);
    assertThat(take(2, 4)).containsExactly(1, 3, 4, 2);
    assertThat(kernel.succeeded(2, 0)).isTrue();
    assertThat(take(2, 4)).containsExactly(5);
  }

  @Test
  void dependantOfSeveralTasksIsLeft() {
    kernel.submit(1, 2, 1);
    submit(3, 1, 2);
    assertThat(take(2, 8)).containsExactly(1, 2);
  }

  @Test
  void noDependantIsTakenWhereThereIsNoRoom() {
    kernel.submit(1, 1, 1);
    submit(2, 1);
    assertThat(take(1, 1)).containsExactly(1);
  }

  @Test
  void attemptsAreThoseOfTheKernel() {
    kernel.submit(1, 2, 1);
    take(2, 2);
    kernel.returned(2, 0);
    kernel.returned(1, 0);
    assertThat(take(2, 2)).containsExactly(1, 2);
    assertThat(Arrays.copyOf(hand.attempts, 2)).containsExactly(1, 1);
  }

  @Test
  void chainEndsBeforeTheFirstThatDoesNotFollow() {
    kernel.submit(1, 2, 1);
    submit(3, 1);
    submit(4, 3);
    assertThat(take(2, 8)).containsExactly(1, 3, 4, 2);
    Payloads payloads = new Parents(Map.of(3L, 1L, 4L, 3L));
    assertThat(hand.chainEnd(payloads, 1)).isEqualTo(3);
    assertThat(hand.chainEnd(payloads, 2)).isEqualTo(3);
    assertThat(hand.chainEnd(payloads, 3)).isEqualTo(3);
    assertThat(hand.chainEnd(payloads, 4)).isEqualTo(4);
  }

  /** Payloads of no bytes, of tasks with one parent or none. */
  private record Parents(Map<Long, Long> parents) implements Payloads {
    @Override
    public int parentCount(long task) {
      return parents.containsKey(task) ? 1 : 0;
    }

    @Override
    public long parent(long task, int place) {
      return parents.getOrDefault(task, 0L);
    }

    @Override
    public int argumentLength(long task) {
      return 0;
    }

    @Override
    public void putArguments(long task, FrameWriter writer) {}

    @Override
    public int resultLength(long parent) {
      return 0;
    }

    @Override
    public void putResult(long parent, FrameWriter writer) {}
  }

  private static final class Nobody implements Effects {
    @Override
    public void ended(long task, Ending ending, long cause) {}

    @Override
    public void ask(long task) {}

    @Override
    public void lookUp(long task) {}
  }
}
