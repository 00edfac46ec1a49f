package fonio.providers;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process under a guard that lives at most as long as this one.
 *
 * <p>The guard reads a pipe from here: when that ends, because it is closed or because this process
 * was killed, the guard ends the whole process group of what it runs.
 */
final class HeldProcess {
  /** The guard itself waits 2 s between asking and killing. */
  private static final long MOST_END_SECONDS = 5;

  private final Process process;

  private HeldProcess(Process process) {
    this.process = process;
  }

  /** Starts the words; what they write is appended to the files. */
  static HeldProcess start(Commands commands, List<String> words, BlockFiles files) {
    File stdout = files.stdout().toFile();
    File stderr = files.stderr().toFile();
    try {
      return new HeldProcess(
          commands
              .builder(words)
              .redirectOutput(Redirect.appendTo(stdout))
              .redirectError(Redirect.appendTo(stderr))
              .start());
    } catch (IOException e) {
      throw new ProviderException(
          "`%s` could not be started: %s; install it, or set PATH right"
              .formatted(words.getFirst(), e.getMessage()),
          e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code, once it has ended. */
  OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Tells the guard to end everything, and does not wait for it. */
  void beginEnd() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is closed whatever the flush before it met.
    }
  }

  /** Waits until it has ended; kills it when that takes too long. */
  void awaitEnd() {
    try {
      if (!process.waitFor(MOST_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
