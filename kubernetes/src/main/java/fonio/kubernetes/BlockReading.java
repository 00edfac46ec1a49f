package fonio.kubernetes;

import fonio.providers.JobState;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a block from its pods.
 *
 * <p>It goes on as long as one of its pods does: tasks of a node that is lost are run by the
 * others.
 */
final class BlockReading {
  private static final String GONE = "the cluster does not know it any more";

  private BlockReading() {}

  /**
   * How the block is.
   *
   * @param names of its pods
   * @param seen those of them that there are
   */
  static Sight of(List<String> names, Map<String, Sight> seen) {
    List<Sight> pods =
        names.stream()
            .map(name -> seen.getOrDefault(name, Sight.of(JobState.MISSING, GONE)))
            .toList();
    JobState state = state(pods.stream().map(Sight::state).toList());
    OptionalInt code =
        pods.stream()
            .filter(pod -> pod.state() == state)
            .flatMapToInt(pod -> pod.exitCode().stream())
            .filter(exit -> exit != 0 || state == JobState.COMPLETED)
            .findFirst();
    return new Sight(state, reason(names, pods), pods.stream().anyMatch(Sight::stuck), code);
  }

  private static JobState state(List<JobState> pods) {
    for (JobState state :
        List.of(
            JobState.RUNNING,
            JobState.UNKNOWN,
            JobState.PENDING,
            JobState.FAILED,
            JobState.TIMEOUT,
            JobState.MISSING)) {
      if (pods.contains(state)) {
        return state;
      }
    }
    return JobState.COMPLETED;
  }

  /** Of one pod its words; of several those that have any, by their names. */
  private static String reason(List<String> names, List<Sight> pods) {
    if (pods.size() == 1) {
      return pods.getFirst().reason();
    }
    return IntStream.range(0, pods.size())
        .filter(n -> !pods.get(n).reason().isEmpty())
        .mapToObj(n -> names.get(n) + ": " + pods.get(n).reason())
        .collect(Collectors.joining("; "));
  }
}
