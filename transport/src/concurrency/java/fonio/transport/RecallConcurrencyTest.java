package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A task that the engine takes back by the words in shared memory is not run by the worker, and the
 * worker leaves out none that was not to be taken back.
 */
@Tag("concurrency")
public class RecallConcurrencyTest {
  private static final int LAST = 16;
  private static final RingFile WORDS = words();

  private final boolean[] ran = new boolean[LAST + 1];
  private final boolean[] skipped = new boolean[LAST + 1];
  private final boolean[] takenBack = new boolean[LAST + 1];
  private int number;
  private long from;

  /** Clears the words. */
  public RecallConcurrencyTest() {
    WORDS.running(0);
    WORDS.recall(0, 0);
  }

  private static RingFile words() {
    try {
      Path folder = Files.createTempDirectory("fonio-recall");
      RingFile file = RingFile.create(folder.resolve("words"), 0);
      file.unlink();
      Files.delete(folder);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Worker: runs the next task or leaves it out. */
  @Operation(nonParallelGroup = "worker")
  public void runNext() {
    if (number < LAST) {
      WORDS.running(++number);
      if (WORDS.isRecalled(number)) {
        skipped[number] = true;
      } else {
        ran[number] = true;
      }
    }
  }

  /** Engine: takes back, once, what stands behind the task that runs. */
  @Operation(nonParallelGroup = "engine")
  public void takeBack() {
    long running = WORDS.running();
    if (running != 0 && from == 0) {
      from = running + 1;
      WORDS.recall(from, LAST + 1);
      VarHandle.fullFence();
      for (int i = (int) WORDS.running() + 1; i <= LAST; i++) {
        takenBack[i] = true;
      }
    }
  }

  /** What holds when both have returned. */
  @Validate
  public void whatIsTakenBackIsNotRun() {
    for (int i = 1; i <= LAST; i++) {
      if (ran[i] && takenBack[i]) {
        throw new IllegalStateException("task " + i + " was taken back and runs");
      }
      if (skipped[i] && (from == 0 || i < from)) {
        throw new IllegalStateException(
            "task %d was left out, but those from %d on were taken back".formatted(i, from));
      }
    }
  }

  /** The same without concurrency: nobody sees a result. */
  public static class Nothing {
    /** Runs a task. */
    public void runNext() {}

    /** Takes tasks back. */
    public void takeBack() {}
  }

  @Test
  void whatIsTakenBackIsNotRunUnderStress() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(2_000)
        .threads(2)
        .sequentialSpecification(Nothing.class)
        .check(RecallConcurrencyTest.class);
  }

  @Test
  void whatIsTakenBackIsNotRunInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(500)
        .threads(2)
        .sequentialSpecification(Nothing.class)
        .check(RecallConcurrencyTest.class);
  }
}
