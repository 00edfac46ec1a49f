package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AffinityTest {
  private static List<Integer> firstCores(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void nonePinsNothing() {
    assertEquals(List.of(), Affinity.cores("none", 0, 2, firstCores(8)));
  }

  @Test
  void blockGivesNeighbouringCores() {
    assertEquals(List.of(0, 1, 2, 3), Affinity.cores("block", 0, 2, firstCores(8)));
    assertEquals(List.of(4, 5, 6, 7), Affinity.cores("block", 1, 2, firstCores(8)));
    assertEquals(List.of(7, 6, 5, 4), Affinity.cores("block-reverse", 0, 2, firstCores(8)));
  }

  @Test
  void alternatingDealsCoresOut() {
    assertEquals(List.of(1, 3, 5, 7), Affinity.cores("alternating", 1, 2, firstCores(8)));
  }

  @Test
  void workersBeyondTheCoresAreNotPinned() {
    assertEquals(List.of(1), Affinity.cores("block", 1, 4, firstCores(2)));
    assertEquals(List.of(), Affinity.cores("block", 3, 4, firstCores(2)));
    assertEquals(List.of(), Affinity.cores("alternating", 3, 4, firstCores(2)));
  }

  @Test
  void onlyCoresThatAreAllowedAreDealtOut() {
    List<Integer> allowed = List.of(4, 6, 8, 10);
    assertEquals(List.of(8, 10), Affinity.cores("block", 1, 2, allowed));
    assertEquals(List.of(6, 10), Affinity.cores("alternating", 1, 2, allowed));
  }

  @Test
  void processMayUseAtLeastAsManyCoresAsTheRuntimeSays() {
    assertTrue(
        Processes.allowedCores().size() >= Runtime.getRuntime().availableProcessors(),
        Processes.allowedCores()::toString);
  }

  @Test
  void listNamesCoresAndRanges() {
    assertEquals(List.of(0, 2, 3, 4), Affinity.cores("list:1:0,2-4", 1, 2, firstCores(8)));
  }

  @Test
  void unusableListsNameTheirValueAndThePlace() {
    assertSays("list:0:x", 1, "'x' is neither a core nor a range");
    assertSays("list:0:2-1", 1, "'2-1' ends before it begins");
    assertSays("list:0:64", 1, "core 64 is not among those that this process may use");
    assertSays("list:0", 1, "worker 1 has none");
    assertSays("spread", 0, "cpu_affinity=spread is unknown");
  }

  private static void assertSays(String policy, int worker, String words) {
    var problem =
        assertThrows(
            IllegalArgumentException.class, () -> Affinity.cores(policy, worker, 2, firstCores(8)));
    assertTrue(String.valueOf(problem.getMessage()).contains(words), problem.getMessage());
  }
}
