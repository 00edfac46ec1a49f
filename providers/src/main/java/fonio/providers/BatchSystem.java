package fonio.providers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The words of one batch system: its scripts, its commands, and what their answers mean. */
interface BatchSystem {
  /**
   * The job script.
   *
   * @param body what the job does
   */
  String script(BlockOrder block, BlockFiles files, String body);

  /**
   * Whether each node of a block runs the script, not the first one alone; such scripts cannot tell
   * how the block ended.
   */
  default boolean runsScriptOnEachNode() {
    return false;
  }

  /** The command that submits the block. */
  List<String> submit(BlockFiles files);

  /** The file that the command reads. */
  default Path submitInput(BlockFiles files) {
    return Path.of("/dev/null");
  }

  /** The job id in the command's output. */
  Optional<String> jobId(String stdout);

  /** The command that asks for all of the jobs. */
  List<String> query(List<String> jobs);

  /** What the answer says of the jobs, by the ids that were asked for. */
  Map<String, Sighting> sightings(String stdout, List<String> jobs);

  /** A line of standard error by which a command says only that a job is not known any more. */
  Pattern unknownJob();

  /** The exit code by which it says the same without a word, if it has one. */
  default OptionalInt unknownJobExitCode() {
    return OptionalInt.empty();
  }

  /** The command that tells how a job ended that the query has not, or without its exit code. */
  Optional<List<String>> inquest(String job);

  /** What that command's answer says. */
  Optional<Sighting> verdict(String stdout);

  /** The command that ends all of the jobs. */
  List<String> cancel(List<String> jobs);
}
