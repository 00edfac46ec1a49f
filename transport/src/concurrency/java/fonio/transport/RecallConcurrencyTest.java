package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker counts through its tasks while the engine takes some back, range after range, by the
 * words in shared memory: none of those runs, and no other one is left out.
 *
 * <p>Two cores race; Lincheck's model does not see the accesses to memory that is mapped.
 */
@Tag("concurrency")
class RecallConcurrencyTest {
  private static final int TASKS = Integer.getInteger("fonio.rounds", 30_000_000);
  private static final int LONGEST_RANGE = 16;
  private static final int FARTHEST_RANGE = 33;
  private static final byte SKIPPED = 1;
  private static final byte TAKEN_BACK = 1;
  private static final byte IN_RANGE = 2;

  @TempDir Path folder;
  private final byte[] worker = new byte[TASKS + 1];
  private final byte[] engine = new byte[TASKS + 1];

  private void work(RingFile words) {
    for (int number = 1; number <= TASKS; number++) {
      words.running(number);
      worker[number] = words.isRecalled(number) ? SKIPPED : 0;
    }
  }

  /** Opens a range when the worker has passed the one before. */
  private void takeBack(RingFile words) {
    int to = 0;
    for (int round = 0; to <= TASKS; round++) {
      int running = (int) words.running();
      if (running == TASKS) {
        return;
      }
      if (running != 0 && running >= to) {
        int from = Math.min(TASKS, running + 1 + round % FARTHEST_RANGE);
        to = Math.min(TASKS + 1, from + 1 + round % LONGEST_RANGE);
        words.recall(from, to);
        VarHandle.fullFence();
        running = (int) words.running();
        for (int number = from; number < to; number++) {
          engine[number] = number > running ? TAKEN_BACK : IN_RANGE;
        }
      }
    }
  }

  @Test
  void whatIsTakenBackIsNotRunAndAllElseIs() throws InterruptedException {
    try (RingFile words = RingFile.create(folder.resolve("words"), 0)) {
      Thread other = Thread.ofPlatform().start(() -> work(words));
      takeBack(words);
      other.join();
    }
    int takenBack = 0;
    int runAll = 0;
    int leftOut = 0;
    for (int number = 1; number <= TASKS; number++) {
      takenBack += engine[number] == TAKEN_BACK ? 1 : 0;
      runAll += engine[number] == TAKEN_BACK && worker[number] != SKIPPED ? 1 : 0;
      leftOut += engine[number] == 0 && worker[number] == SKIPPED ? 1 : 0;
    }
    assertThat(takenBack).isPositive();
    assertThat(runAll).as("tasks that were taken back and ran").isZero();
    assertThat(leftOut).as("tasks that were left out and not taken back").isZero();
  }
}
