package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Greeting;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node of eight cores and two accelerators, which has a worker for each of them. */
class CrewTest {
  private static final Request QUARTER = new Request(1000, 0, 250, 0);
  private static final Request NONE = new Request(4000, 0, 0, 0);

  private static Crew crew(String mostWorkers) {
    Map<String, String> entries = Map.of("accelerators", "2", "max_workers_per_node", mostWorkers);
    NodeResources node = new NodeResources(8, 16 << 10);
    return new Crew(NodePlan.of(new Orders(Greeting.of(entries)), node), 2);
  }

  @Test
  void tasksThatNeedAWholeAcceleratorNeedNoMoreWorkersThanThereAre() {
    Crew crew = crew("8");
    assertThat(crew.most(new Request(1000, 0, 1000, 0))).isEqualTo(2);
    assertThat(crew.workers()).isEqualTo(2);
  }

  @Test
  void tasksThatNeedAPartGetAWorkerEachAsFarAsTheNodeMayHaveThem() {
    Crew crew = crew("8");
    assertThat(crew.most(new Request(1000, 0, 500, 0))).isEqualTo(4);
    assertThat(crew.workers()).isEqualTo(4);
    assertThat(crew.most(QUARTER)).isEqualTo(8);
    assertThat(crew.workers()).isEqualTo(8);
    Crew small = crew("3");
    assertThat(small.most(QUARTER)).isEqualTo(3);
    assertThat(small.workers()).isEqualTo(3);
  }

  @Test
  void tasksThatNeedNoneRunBesideThoseThatHaveThem() {
    Crew crew = crew("8");
    assertThat(crew.most(NONE)).isEqualTo(2);
    assertThat(crew.workers()).isEqualTo(4);
    crew.most(new Request(1000, 0, 500, 0));
    assertThat(crew.workers()).isEqualTo(6);
  }
}
