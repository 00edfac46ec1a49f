package fonio.providers;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where blocks come from: a batch system, hosts by ssh, a cluster of containers, or this machine.
 *
 * <p>It is called by one thread at a time. Calls block, at most the time limit of the commands that
 * they run.
 */
public interface Provider extends AutoCloseable {
  /**
   * Asks for a block.
   *
   * @return the batch system's job id
   * @throws ProviderException if it was refused: the message has the command, its exit code and its
   *     standard error
   */
  String submit(BlockOrder block);

  /**
   * How the jobs are, by one query for all of them.
   *
   * <p>A job that the answer lacks is {@link JobState#MISSING} only when the query itself
   * succeeded; else it is {@link JobState#UNKNOWN}, which is not "gone".
   */
  Map<String, JobStatus> status(List<String> jobs);

  /** Ends jobs; one that has ended already is no error. */
  void cancel(List<String> jobs);

  /** How often the status may be asked for. */
  Duration statusPeriod();

  /** Ends what only lives with this process: blocks of this machine and of hosts by ssh. */
  @Override
  void close();
}
