package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.ClassDefinition;
import fonio.wire.Definitions;
import fonio.wire.FunctionDefinition;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private final Roster roster = new Roster();
  private final Definitions definitions = new Definitions();
  private final Told told = new Told();
  private final Departures departures = new Departures(roster, definitions, told);

  @BeforeEach
  void define() {
    definitions.function(new FunctionDefinition(1, FunctionDefinition.PYTHON, "f", new byte[0]));
    definitions.define(new ClassDefinition(1, 1, Map.of()));
    definitions.define(new ClassDefinition(2, 1, Map.of("on_worker_lost", "fail")));
  }

  private Peer leave(int workers, int... classes) {
    Peer peer = Peers.add(roster, "m", "", workers);
    for (int i = 0; i < classes.length; i++) {
      Peers.give(roster, peer, i + 1, classes[i]);
    }
    departures.settle(peer, "why");
    peer.link.close();
    return peer;
  }

  @Test
  void twoTasksForEachWorkerAreLostAndAllYoungerGoBackFirst() {
    Peer peer = leave(1, 1, 1, 1, 1);
    assertThat(told.take())
        .containsExactly(
            "returned 4/0", "returned 3/0", "lost 2/0 by m", "lost 1/0 by m", "left m: why");
    assertThat(peer.outstanding.size()).isZero();
    assertThat(peer.load.taken()).isZero();
    assertThat(roster.all()).isEmpty();
    assertThat(roster.workers()).isZero();
    assertThat(roster.size()).isZero();
  }

  @Test
  void tasksThatMustNotRunTwiceAreLostHoweverYoung() {
    leave(1, 1, 1, 1, 2, 1);
    assertThat(told.take())
        .containsExactly(
            "returned 5/0",
            "lost 4/0 by m",
            "returned 3/0",
            "lost 2/0 by m",
            "lost 1/0 by m",
            "left m: why");
  }

  @Test
  void managerWithoutTasksLosesNone() {
    leave(4);
    assertThat(told.take()).containsExactly("left m: why");
  }
}
