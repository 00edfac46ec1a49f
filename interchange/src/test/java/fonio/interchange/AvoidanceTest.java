package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Fault;
import fonio.wire.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose workers die beside one that is well. */
class AvoidanceTest {
  private static final Fault KILLED = new Fault("WorkerLost", "killed by signal 9", Map.of());

  private Star star;
  private ScriptedManager bad;
  private ScriptedManager good;

  @BeforeEach
  void start() throws IOException {
    star = new Star();
    bad = star.join("bad", "0", "n1", 2, 4);
    star.send(1, 0, 1, 2, 3);
    good = star.join("good", "1", "n2", 2, 4);
    star.settle(bad, good);
    bad.take();
  }

  @AfterEach
  void end() {
    star.close();
  }

  private void loseTwo() {
    bad.fault(Status.LOST, 0, 1, KILLED);
    bad.fault(Status.LOST, 0, 2, KILLED);
    star.settle(bad);
  }

  private String avoided(int manager) {
    return star.interchange.managers().views().get(manager).avoided();
  }

  @Test
  void itGetsNoTasksAndWhatWaitsThereIsTakenBack() {
    loseTwo();
    assertThat(avoided(0)).contains("2 tasks in a row were lost on n1").endsWith("by signal 9");
    assertThat(avoided(1)).isEmpty();
    assertThat(bad.take()).containsExactly("RECALL 3");
    bad.answer(Status.SKIPPED, 0, 3);
    star.send(1, 1, 1, 2);
    star.send(1, 1, 3);
    star.settle(bad, good);
    assertThat(good.take()).endsWith("TASKS 1/1 2/1", "TASKS 3/1");
    assertThat(bad.take()).isEmpty();
    assertThat(avoided(0)).isNotEmpty();
  }

  @Test
  void itsManagersToComeGetNoneEither() throws IOException {
    loseTwo();
    star.join("late", "0", "n1", 2, 4);
    assertThat(avoided(2)).isEqualTo(avoided(0));
    star.interchange.managers().release(Part.named("late"));
    assertThat(avoided(0)).isEmpty();
    assertThat(avoided(2)).isEmpty();
  }

  @Test
  void itIsTriedAgainAfterItsTime() {
    loseTwo();
    star.pass(Duration.ofSeconds(9));
    assertThat(avoided(0)).isNotEmpty();
    star.pass(Duration.ofSeconds(2));
    assertThat(avoided(0)).isEmpty();
    assertThat(star.told.take()).contains("said host n1 is tried again");
  }

  @Test
  void aTaskThatRanThereAllTheTimeAndIsDoneClearsIt() {
    loseTwo();
    bad.answer(Status.OK, 0, 3);
    star.settle(bad);
    assertThat(avoided(0)).isEmpty();
  }

  @Test
  void tasksThatAreLostOnAllHostsAreNotTheirFault() {
    star.send(1, 0, 4);
    good.fault(Status.LOST, 0, 4, KILLED);
    star.settle(good);
    loseTwo();
    assertThat(avoided(0)).isEmpty();
    assertThat(avoided(1)).isEmpty();
  }
}
