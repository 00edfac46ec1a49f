package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions to a batch system that may be asked every 10 s. */
class StatusPaceTest {
  private static final long TENTH = 100_000_000L;
  private static final long PERIOD = 100 * TENTH;

  private final StatusPace pace = new StatusPace();
  private final List<Block> blocks = new ArrayList<>();
  private long now;

  private Block block(String id) {
    Block block = new Block(id, now);
    block.job = "job" + id;
    blocks.add(block);
    return block;
  }

  /** The tenths of a second at which it is asked until then. */
  private List<Long> askedUntil(long tenths) {
    List<Long> asked = new ArrayList<>();
    for (; now < tenths * TENTH; now += TENTH) {
      if (pace.dueNanos(blocks, PERIOD, now) == 0) {
        pace.asked(now);
        asked.add(now / TENTH);
      }
    }
    return asked;
  }

  @Test
  void aYoungBlockIsLookedAtOftenAndAnOldOneInTheUsualPeriod() {
    block("0");
    assertThat(askedUntil(400)).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 260L, 360L);
  }

  @Test
  void aBlockThatBeginsToRunIsYoungOnceMore() {
    Block queued = block("0");
    askedUntil(5000);
    long from = askedUntil(5100).getLast() * TENTH;
    now = from + TENTH;
    queued.become(BlockState.RUNNING, now);
    long began = now / TENTH;
    assertThat(askedUntil(began + 100))
        .containsExactly(began + 9, began + 19, began + 38, began + 76);
  }

  @Test
  void manyYoungBlocksAreAskedForAtOnceAndNotMoreOften() {
    block("0");
    askedUntil(5);
    block("1");
    askedUntil(8);
    block("2");
    assertThat(askedUntil(50)).containsExactly(10L, 20L, 32L);
  }

  @Test
  void aBlockWithManagersIsNoReasonToAskMore() {
    block("0").connected = true;
    assertThat(askedUntil(250)).containsExactly(0L, 100L, 200L);
  }

  @Test
  void aProviderThatMayBeAskedMoreOftenIsAskedInItsPeriod() {
    block("0");
    pace.asked(now);
    now += TENTH;
    assertThat(pace.dueNanos(blocks, 2 * TENTH, now)).isEqualTo(TENTH);
  }
}
