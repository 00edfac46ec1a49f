package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private final StillLane lane = new StillLane();
  private final Commands commands = new Commands(List.of(lane));

  @Test
  void aCommandGoesToTheExecutorWithItsPart() {
    assertThat(commands.obey("hold", "still/3"))
        .containsEntry("executor", "still")
        .containsEntry("managers.0", "manager m1")
        .containsEntry("blocks.0", "block 3 has no manager yet");
    commands.obey("kill", "still");
    assertThat(lane.commands).containsExactly("HOLD 3", "KILL ");
  }

  @Test
  void anExecutorThatIsNotThereIsToldWithThoseThatAre() {
    assertThat(commands.obey("drain", "stil/3"))
        .containsExactly(
            java.util.Map.entry("error", "there is no executor for 'stil/3': there are still"));
    assertThat(lane.commands).isEmpty();
  }

  @Test
  void whatTheExecutorRefusesIsTold() {
    assertThat(commands.obey("release", "still/nobody"))
        .containsEntry("error", "executor still has no nobody");
  }
}
