package fonio.providers;

import java.util.Map;

/** What a job script does below its options, in every batch system alike. */
final class JobBody {
  private JobBody() {}

  /**
   * Shell text that runs the launcher's text and writes its exit code down.
   *
   * @param launch the launcher's text
   */
  static String of(BlockOrder block, BlockFiles files, String workerInit, String launch) {
    return Template.named("body")
        .fill(
            Map.of(
                "stem", quoted(files.stem().toString()),
                "name", block.name(),
                "worker_init", workerInit.stripTrailing(),
                "launch", launch.stripTrailing()))
        .stripTrailing();
  }

  /** A word for a shell that stands for exactly this text. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
