package fonio.executors;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.interchange.InterchangeListener;
import fonio.kernel.Effects;
import fonio.kernel.Ending;
import fonio.kernel.Kernel;
import fonio.kernel.TaskClass;
import fonio.kernel.TaskState;
import org.junit.jupiter.api.Test;

class AdopterTest {
  private final Kernel kernel = new Kernel(new Nobody(), 256);
  private final Adopter adopter = new Adopter(kernel, 1);

  private static final class Nobody implements Effects {
    @Override
    public void ended(long task, Ending ending, long cause) {}

    @Override
    public void ask(long task) {}

    @Override
    public void lookUp(long task) {}
  }

  @Test
  void aTaskOfItsLaneIsItsManagersFromThenOn() {
    kernel.define(7, TaskClass.ofLane(1));
    kernel.submit(1, 1, 7);
    assertThat(adopter.adopt(1, 2)).isEqualTo(7);
    assertThat(kernel.state(1)).isEqualTo(TaskState.HELD);
    assertThat(kernel.attempt(1)).isEqualTo(2);
    assertThat(adopter.adopt(1, 2)).isEqualTo(InterchangeListener.UNWANTED);
  }

  @Test
  void othersAreNotWanted() {
    kernel.define(7, TaskClass.ofLane(0));
    kernel.submit(1, 1, 7);
    assertThat(adopter.adopt(1, 2)).isEqualTo(InterchangeListener.UNWANTED);
    assertThat(adopter.adopt(-1, 2)).isEqualTo(InterchangeListener.UNWANTED);
    assertThat(kernel.state(1)).isEqualTo(TaskState.READY);
  }

  @Test
  void itAdoptsOnlyWhenThereWasAnEngineBefore() {
    assertThat(adopter.adopts()).isFalse();
    adopter.begin();
    assertThat(adopter.adopts()).isTrue();
  }
}
