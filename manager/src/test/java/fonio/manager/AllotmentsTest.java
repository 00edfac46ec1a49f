package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.manager.Devices.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node is never given to more tasks than it holds. */
class AllotmentsTest {
  private static final Capacity NODE =
      new Capacity(List.of(0, 1, 2, 3, 4, 5), 8000, List.of("a", "b", "c"), List.of());

  @Test
  void aTaskGetsAllThatItNeedsOrNothing() {
    Allotments allotments = new Allotments(NODE);
    Allotment first = allotments.take(new Request(4000, 6000, 1500, 0));
    assertThat(allotments.fits(new Request(2000, 3000, 0, 0))).isFalse();
    assertThat(allotments.fits(new Request(2000, 2000, 2000, 0))).isFalse();
    assertThat(allotments.fits(new Request(2000, 2000, 1500, 0))).isTrue();
    allotments.giveBack(first);
    assertThat(allotments.fits(NODE.whole())).isTrue();
  }

  @Test
  void anAcceleratorOfACertainPlaceIsThatOrNone() {
    Allotments allotments = new Allotments(NODE);
    Request share = new Request(1000, 0, 1000, 0);
    assertThat(allotments.take(share, 1).accelerators()).containsExactly(new Piece(1, 1000));
    assertThat(allotments.fits(share, 1)).isFalse();
    assertThat(allotments.fits(share, 2)).isTrue();
    assertThat(allotments.take(new Request(0, 0, 2000, 0)).accelerators())
        .containsExactly(new Piece(0, 1000), new Piece(2, 1000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomRequestsNeverTakeMoreThanThereIs(long seed) {
    Random random = new Random(seed);
    Allotments allotments = new Allotments(NODE);
    List<Allotment> held = new ArrayList<>();
    for (int step = 0; step < 5000; step++) {
      Request request = request(random);
      if (random.nextInt(5) < 2 && !held.isEmpty()) {
        allotments.giveBack(held.remove(random.nextInt(held.size())));
      } else if (allotments.fits(request)) {
        held.add(allotments.take(request));
      } else {
        assertThat(isTight(held, request)).as("%s beside %s", request, held).isTrue();
      }
      check(held);
    }
    held.forEach(allotments::giveBack);
    assertThat(allotments.fits(NODE.whole())).isTrue();
  }

  private static Request request(Random random) {
    int accelerators = random.nextBoolean() ? 0 : 1000 * random.nextInt(4);
    return new Request(
        random.nextBoolean() ? 1000 * random.nextInt(7) : random.nextInt(2500),
        random.nextInt(5000),
        random.nextInt(3) == 0 ? random.nextInt(1001) : accelerators,
        0);
  }

  /** Whether something of what is asked for is truly missing, by sums over what is held. */
  private static boolean isTight(List<Allotment> held, Request request) {
    int[] cores = used(held, true);
    int[] accelerators = used(held, false);
    long memory = held.stream().mapToLong(a -> a.request().memoryMegabytes()).sum();
    return memory + request.memoryMegabytes() > NODE.memoryMegabytes()
        || isTight(cores, request.cores())
        || isTight(accelerators, request.accelerators());
  }

  private static boolean isTight(int[] used, int wanted) {
    int free = 0;
    int whole = 0;
    int largest = 0;
    for (int part : used) {
      free += 1000 - part;
      whole += part == 0 ? 1 : 0;
      largest = Math.max(largest, 1000 - part);
    }
    return free < wanted || whole < wanted / 1000 || largest < wanted % 1000 || wanted % 1000 > 0;
  }

  private static void check(List<Allotment> held) {
    for (int part : used(held, true)) {
      assertThat(part).isLessThanOrEqualTo(1000);
    }
    for (int part : used(held, false)) {
      assertThat(part).isLessThanOrEqualTo(1000);
    }
    for (Allotment allotment : held) {
      assertThat(allotment.cores().stream().mapToInt(Piece::thousandths).sum())
          .isEqualTo(allotment.request().cores());
      assertThat(allotment.accelerators().stream().mapToInt(Piece::thousandths).sum())
          .isEqualTo(allotment.request().accelerators());
    }
    assertThat(held.stream().mapToLong(a -> a.request().memoryMegabytes()).sum())
        .isLessThanOrEqualTo(NODE.memoryMegabytes());
  }

  private static int[] used(List<Allotment> held, boolean ofCores) {
    int[] used = new int[ofCores ? 6 : 3];
    for (Allotment allotment : held) {
      for (Piece piece : ofCores ? allotment.cores() : allotment.accelerators()) {
        used[piece.device()] += piece.thousandths();
      }
    }
    return used;
  }
}
