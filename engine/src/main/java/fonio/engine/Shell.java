package fonio.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A line of bash that runs as a task; killing the task ends the process and its children. */
final class Shell {
  private static final int LAST_CHARACTERS = 1000;

  private Shell() {}

  static int run(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/bash", "-c", line)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var errors = process.getErrorStream()) {
      var said = new java.util.concurrent.FutureTask<>(errors::readAllBytes);
      Thread.ofVirtual().start(said);
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "`%s` ended with exit code %d: %s".formatted(line, code, last(said.get())));
      }
      return code;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IOException("the error output of `" + line + "` cannot be read", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String last(byte[] said) {
    String text = new String(said, StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - LAST_CHARACTERS));
  }
}
