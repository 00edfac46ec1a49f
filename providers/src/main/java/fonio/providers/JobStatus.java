package fonio.providers;

import java.util.OptionalInt;

/**
 * How a job is.
 *
 * @param state where it stands
 * @param reason the batch system's own words; empty for none
 * @param exitCode of an ended job, where it is known; 128 + the signal when a signal ended it
 * @param stdoutTail the last 2,048 characters of an ended job's standard output
 * @param stderrTail the last 2,048 characters of an ended job's standard error
 */
public record JobStatus(
    JobState state, String reason, OptionalInt exitCode, String stdoutTail, String stderrTail) {

  /** One of a job that has no output to show. */
  static JobStatus of(JobState state, String reason) {
    return new JobStatus(state, reason, OptionalInt.empty(), "", "");
  }
}
