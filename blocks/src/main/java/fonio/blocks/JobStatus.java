package fonio.blocks;

import java.util.OptionalInt;

/**
 * How a job is.
 *
 * @param state where it stands
 * @param reason the batch system's own words; empty for none
 * @param exitCode of an ended job, where it is known
 * @param stdoutTail the end of an ended job's standard output
 * @param stderrTail the end of an ended job's standard error
 */
public record JobStatus(
    JobState state, String reason, OptionalInt exitCode, String stdoutTail, String stderrTail) {

  /** One of a job that has neither an exit code nor output. */
  public static JobStatus of(JobState state, String reason) {
    return new JobStatus(state, reason, OptionalInt.empty(), "", "");
  }
}
