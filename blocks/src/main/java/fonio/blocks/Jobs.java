package fonio.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The batch system, as blocks see it: each block is one job.
 *
 * <p>Calls may take long and may throw; they come from one thread, one at a time.
 */
public interface Jobs {
  /** Asks for a job that holds this block, and returns the job's id. */
  String submit(String blockName);

  /** How jobs are; one that is left out is as good as {@link JobState#UNKNOWN}. */
  Map<String, JobStatus> status(List<String> jobs);

  /** Ends jobs, whether they wait or run. */
  void cancel(List<String> jobs);

  /**
   * How long to wait between two questions, while no block is young; too short: the batch system's
   * owners complain.
   */
  Duration statusPeriod();
}
