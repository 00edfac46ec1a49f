package fonio.providers;

import java.util.OptionalInt;

/**
 * What a batch system says of a job.
 *
 * @param reason its own words; empty for none
 */
record Sighting(JobState state, String reason, OptionalInt exitCode) {
  /** One without an exit code. */
  static Sighting of(JobState state, String reason) {
    return new Sighting(state, reason, OptionalInt.empty());
  }

  /** One of a job that came to its own end. */
  static Sighting ended(int exitCode, String reason) {
    return new Sighting(
        exitCode == 0 ? JobState.COMPLETED : JobState.FAILED, reason, OptionalInt.of(exitCode));
  }
}
