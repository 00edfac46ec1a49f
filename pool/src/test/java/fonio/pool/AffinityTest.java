package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityTest {
  @Test
  void nonePinsNothing() {
    assertEquals(List.of(), Affinity.cores("none", 0, 2, 8));
  }

  @Test
  void blockGivesNeighbouringCores() {
    assertEquals(List.of(0, 1, 2, 3), Affinity.cores("block", 0, 2, 8));
    assertEquals(List.of(4, 5, 6, 7), Affinity.cores("block", 1, 2, 8));
    assertEquals(List.of(7, 6, 5, 4), Affinity.cores("block-reverse", 0, 2, 8));
  }

  @Test
  void alternatingDealsCoresOut() {
    assertEquals(List.of(1, 3, 5, 7), Affinity.cores("alternating", 1, 2, 8));
  }

  @Test
  void workersBeyondTheCoresAreNotPinned() {
    assertEquals(List.of(1), Affinity.cores("block", 1, 4, 2));
    assertEquals(List.of(), Affinity.cores("block", 3, 4, 2));
    assertEquals(List.of(), Affinity.cores("alternating", 3, 4, 2));
  }

  @Test
  void listNamesCoresAndRanges() {
    assertEquals(List.of(0, 2, 3, 4), Affinity.cores("list:1:0,2-4", 1, 2, 8));
  }

  @Test
  void unusableListsNameTheirValueAndThePlace() {
    assertSays("list:0:x", 1, "'x' is neither a core nor a range");
    assertSays("list:0", 1, "worker 1 has none");
    assertSays("spread", 0, "cpu_affinity=spread is unknown");
  }

  private static void assertSays(String policy, int worker, String words) {
    var problem =
        assertThrows(IllegalArgumentException.class, () -> Affinity.cores(policy, worker, 2, 8));
    assertTrue(String.valueOf(problem.getMessage()).contains(words), problem.getMessage());
  }
}
