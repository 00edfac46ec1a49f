package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.ClassDefinition;
import fonio.wire.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What classes need, by their options. */
class SizesTest {
  private static final Capacity NODE =
      new Capacity(List.of(0, 1, 2, 3), 8192, List.of("a"), List.of());
  private final Sizes sizes = new Sizes(NODE, new Request(1000, 2048, 1000, 0), false);

  private static ClassDefinition of(String... options) {
    Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new ClassDefinition(7, 1, all);
  }

  @Test
  void classThatNamesNothingHasNoSize() {
    assertThat(sizes.define(of("name", "f"))).isNull();
    assertThat(sizes.of(7)).isNull();
  }

  @Test
  void whatAClassDoesNotNameIsTheShareOfAWorker() {
    assertThat(sizes.define(of("cores", "3"))).isEqualTo(new Request(3000, 2048, 1000, 0));
    assertThat(sizes.define(of("accelerators", "0.25", "memory_mb", "10")))
        .isEqualTo(new Request(1000, 10, 250, 0));
    assertThat(sizes.of(7)).isEqualTo(new Request(1000, 10, 250, 0));
  }

  @Test
  void optionThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> sizes.define(of("cores", "many"))).hasMessageContaining("cores=many");
  }

  @Test
  void nodeIsFullWithAsManyTasksAsLeaveNothingOfIt() {
    assertThat(sizes.mostAtATime(new Request(4000, 0, 0, 0))).isEqualTo(1);
    assertThat(sizes.mostAtATime(new Request(3000, 0, 0, 0))).isEqualTo(2);
    assertThat(sizes.mostAtATime(new Request(1000, 1024, 250, 0))).isEqualTo(4);
  }

  @Test
  void refusalNamesWhatIsNeededAndWhatThereIs() {
    Request request = new Request(64_000, 0, 500, 0);
    sizes.define(of("cores", "64", "name", "dock"));
    assertThat(sizes.canHold(request)).isFalse();
    Fault fault = sizes.refusal(17, 7, request, "n1");
    assertThat(fault.name()).isEqualTo("InvalidResources");
    assertThat(fault.message())
        .contains("task 17 (dock) needs 64 cores, 0.5 accelerators")
        .contains("(n1) has 4 cores, 8.0 GB of memory, 1 accelerator:");
  }

  @Test
  void classesOfAnMpiExecutorNeedANodeIfTheyDoNotSay() {
    Capacity block = new Capacity(List.of(), 0, List.of(), List.of("a", "b"));
    Sizes mpi = new Sizes(block, new Request(0, 0, 0, 1), true);
    assertThat(mpi.define(of("name", "f"))).isEqualTo(new Request(0, 0, 0, 1));
    assertThat(mpi.refusal(1, 7, new Request(0, 0, 0, 3), "n1").name())
        .isEqualTo("MPINodesUnavailable");
  }

  @Test
  void interchangeHearsHowManyTasksOfAClassANodeTakes() {
    Windows windows = new Windows(2_000_000, 0);
    windows.knows(3);
    windows.knows(7, 2);
    windows.knows(8, 4);
    assertThat(windows.changes(4, classId -> -1))
        .isEqualTo(Map.of("workers", "4", "window", "4", "window.7", "2"));
    assertThat(windows.changes(4, classId -> -1)).isEmpty();
  }
}
