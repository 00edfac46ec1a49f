package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @SuppressWarnings("ArrayRecordComponent")
  private record Workers(int[] rooms, int[] loads) implements Placement.View {
    @Override
    public int workers() {
      return rooms.length;
    }

    @Override
    public int room(int worker) {
      return rooms[worker];
    }

    @Override
    public int load(int worker) {
      return loads[worker];
    }
  }

  private static Workers rooms(int... rooms) {
    return new Workers(rooms, new int[rooms.length]);
  }

  @Test
  void leastLoadedIsChosenAmongThoseWithRoom() {
    var view = new Workers(new int[] {0, 1, 9}, new int[] {0, 5, 2});
    assertEquals(2, Placement.leastLoaded().choose(view));
  }

  @Test
  void nobodyIsChosenWhereNoneHasRoom() {
    for (String name : new String[] {"least_loaded", "round_robin", "random"}) {
      assertEquals(-1, Placement.named(name).choose(rooms(0, 0)), name);
    }
  }

  @Test
  void roundRobinGoesOnFromTheLastAndPassesTheFull() {
    Placement placement = Placement.roundRobin();
    assertEquals(0, placement.choose(rooms(1, 0, 1)));
    assertEquals(2, placement.choose(rooms(1, 0, 1)));
    assertEquals(0, placement.choose(rooms(1, 0, 1)));
  }

  @Test
  void randomReachesEveryWorkerWithRoom() {
    Placement placement = Placement.random(new Random(7));
    int[] times = new int[3];
    for (int i = 0; i < 300; i++) {
      times[placement.choose(rooms(1, 0, 1))]++;
    }
    assertTrue(times[0] > 50 && times[1] == 0 && times[2] > 50);
  }

  @Test
  void unknownNameIsRefusedWithTheChoices() {
    var problem = assertThrows(IllegalArgumentException.class, () -> Placement.named("anywhere"));
    assertTrue(String.valueOf(problem.getMessage()).contains("least_loaded"));
  }
}
