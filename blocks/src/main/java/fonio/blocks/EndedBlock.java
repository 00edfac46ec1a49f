package fonio.blocks;

import java.util.OptionalInt;

/**
 * How a block came to its end.
 *
 * @param block its name
 * @param job its job's id, empty when there never was one
 * @param state how its job ended
 * @param reason the batch system's own words; why there was no job, when there was none
 * @param exitCode of its job, where it is known
 * @param stderrTail the end of what its job said
 */
record EndedBlock(
    String block,
    String job,
    JobState state,
    String reason,
    OptionalInt exitCode,
    String stderrTail) {

  static EndedBlock of(String block, String job, JobStatus status) {
    return new EndedBlock(
        block, job, status.state(), status.reason(), status.exitCode(), status.stderrTail());
  }

  static EndedBlock withoutJob(String block, String why) {
    return new EndedBlock(block, "", JobState.FAILED, why, OptionalInt.empty(), "");
  }

  /** Who and how, in one line. */
  String text() {
    return job.isEmpty()
        ? "block " + block + " could not be submitted: " + reason
        : "block " + block + " (job " + job + ") " + how();
  }

  /** How it ended, in one line. */
  String how() {
    if (job.isEmpty()) {
      return "could not be submitted: " + reason;
    }
    String how =
        switch (state) {
          case CANCELLED -> "was cancelled";
          case TIMEOUT -> "was ended by its walltime";
          case MISSING -> "is not known to the batch system any more";
          default ->
              exitCode.isPresent()
                  ? "ended with exit code " + exitCode.getAsInt()
                  : state == JobState.FAILED ? "failed" : "ended";
        };
    return reason.isBlank() ? how : how + " (" + reason.strip() + ")";
  }

  /** The same, with the last words of its job. */
  String textWithTail() {
    return stderrTail.isBlank() ? text() : text() + ": " + stderrTail.strip();
  }
}
