package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.App1;
import fonio.api.CheckpointMode;
import fonio.api.ConfigurationException;
import fonio.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * When the results of cached calls are on disk, and what becomes of a run whose store is of no use.
 */
class MemoStoreTest extends MemoFixture {
  @Test
  void aCheckpointIsOnDiskWhenItReturns() {
    try (Engine first = start(config(CheckpointMode.MANUAL))) {
      cached(first, MemoFixture::square).call(7).join();
      once(MemoFixture::square, 8);
      assertThat(RUNS).hasValue(2);
      cached(first, MemoFixture::square).call(9).join();
      first.checkpoint();
      once(MemoFixture::square, 7);
      once(MemoFixture::square, 9);
      assertThat(RUNS).hasValue(3);
      cached(first, MemoFixture::square).call(10).join();
    }
    once(MemoFixture::square, 10);
    assertThat(RUNS).hasValue(5);
  }

  @Test
  void aDamagedStoreIsReportedAndTheRunGoesOn() throws IOException {
    Files.writeString(home.resolve("state.db"), "somebody's thesis ".repeat(100));
    try (Engine engine = start(config(CheckpointMode.MANUAL))) {
      App1<Integer, Integer> square = cached(engine, MemoFixture::square);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThatThrownBy(engine::checkpoint)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("the checkpoint was not written", "state.db", "move the file");
      assertThat(square.call(8).join()).isEqualTo(64);
    }
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNamedAtTheStart() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> start(config(CheckpointMode.TASK_EXIT).runDir(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("run_dir is " + file, "may write");
  }

  @Test
  void aCheckpointAfterTheEndIsRefused() {
    Engine engine = start();
    engine.close();
    assertThatThrownBy(engine::checkpoint)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theRunHasANumberedFolderWithItsAccount() throws IOException {
    once(MemoFixture::square, 7);
    once(MemoFixture::square, 7);
    assertThat(Files.readString(home.resolve("runs").resolve("000").resolve("run.properties")))
        .contains("succeeded=1\n", "memo_hits=0\n");
    assertThat(Files.readString(home.resolve("runs").resolve("001").resolve("run.properties")))
        .contains("succeeded=1\n", "memo_hits=1\n");
  }

  @Test
  void resultsOfAKilledProgramAreFoundByTheNextOne() throws Exception {
    Path calls = home.resolve("calls");
    Process first = victim(calls, "wait");
    try (var out = first.inputReader()) {
      assertThat(out.readLine()).isEqualTo("durable");
    } finally {
      first.destroyForcibly();
    }
    assertThat(first.waitFor()).isEqualTo(137);
    Process second = victim(calls, "end");
    try (var out = second.inputReader()) {
      assertThat(out.readLine()).isEqualTo("durable");
    }
    assertThat(second.waitFor()).isZero();
    assertThat(Files.readAllLines(calls)).hasSize(MemoVictim.CALLS).doesNotHaveDuplicates();
  }

  private Process victim(Path calls, String then) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            fonio.worker.ClassPath.own(),
            MemoVictim.class.getName(),
            home.toString(),
            calls.toString(),
            then)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
