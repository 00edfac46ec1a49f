package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void fewManagersAreLookedAtTogetherAndVeryManyInTurns() {
    assertThat(Rounds.turns(0)).isEqualTo(1);
    assertThat(Rounds.turns(100)).isEqualTo(1);
    assertThat(Rounds.turns(1_000)).isEqualTo(8);
    assertThat(Rounds.turns(10_000)).isEqualTo(64);
  }
}
