package fonio.kubernetes;

import fonio.providers.JobState;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a pod's status: where it stands, and why, in the API's own words. */
final class PodReading {
  /** What a container waits for before it starts in any case. */
  private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

  /** What ends of containers are called that say no more than the exit code. */
  private static final Set<String> PLAIN_ENDS = Set.of("Completed", "Error");

  private PodReading() {}

  static Sight of(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return Sight.of(JobState.PENDING, "");
    }
    String phase = status.getPhase() == null ? "Pending" : status.getPhase();
    Optional<ContainerStateTerminated> end = end(status);
    return switch (phase) {
      case "Pending" -> pending(status);
      case "Running" -> end.isPresent() ? ended(status, end) : Sight.of(JobState.RUNNING, "");
      case "Succeeded", "Failed" -> ended(status, end);
      default -> Sight.of(JobState.UNKNOWN, words(phase, status.getMessage()));
    };
  }

  private static Sight pending(PodStatus status) {
    Optional<ContainerStateWaiting> waiting =
        Stream.concat(all(status.getInitContainerStatuses()), all(status.getContainerStatuses()))
            .flatMap(container -> state(container).map(ContainerState::getWaiting).stream())
            .filter(state -> state.getReason() != null && !USUAL.contains(state.getReason()))
            .findFirst();
    if (waiting.isPresent()) {
      return Sight.stuck(words(waiting.get().getReason(), waiting.get().getMessage()));
    }
    for (PodCondition condition : conditions(status)) {
      if ("PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus())) {
        return Sight.of(JobState.PENDING, words(condition.getReason(), condition.getMessage()));
      }
    }
    return Sight.of(JobState.PENDING, words(status.getReason(), status.getMessage()));
  }

  private static Sight ended(PodStatus status, Optional<ContainerStateTerminated> end) {
    OptionalInt code =
        end.map(ContainerStateTerminated::getExitCode)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    String ofPod = words(status.getReason(), status.getMessage());
    String ofContainer =
        end.filter(e -> e.getReason() == null || !PLAIN_ENDS.contains(e.getReason()))
            .map(e -> words(e.getReason(), e.getMessage()))
            .orElse("");
    String reason =
        Stream.of(ofPod, ofContainer).filter(s -> !s.isEmpty()).collect(Collectors.joining("; "));
    boolean well = code.isPresent() ? code.getAsInt() == 0 : "Succeeded".equals(status.getPhase());
    JobState state =
        "DeadlineExceeded".equals(status.getReason())
            ? JobState.TIMEOUT
            : well && !"Failed".equals(status.getPhase()) ? JobState.COMPLETED : JobState.FAILED;
    return new Sight(state, reason, false, code);
  }

  private static Optional<ContainerStateTerminated> end(PodStatus status) {
    return all(status.getContainerStatuses())
        .filter(container -> PodManifest.CONTAINER.equals(container.getName()))
        .flatMap(container -> state(container).map(ContainerState::getTerminated).stream())
        .findFirst();
  }

  private static Optional<ContainerState> state(ContainerStatus container) {
    return Optional.ofNullable(container.getState());
  }

  private static Stream<ContainerStatus> all(@Nullable List<ContainerStatus> containers) {
    return containers == null ? Stream.empty() : containers.stream();
  }

  private static List<PodCondition> conditions(PodStatus status) {
    List<PodCondition> conditions = status.getConditions();
    return conditions == null ? List.of() : conditions;
  }

  private static String words(@Nullable String reason, @Nullable String message) {
    return Stream.of(reason, message)
        .filter(text -> text != null && !text.isBlank())
        .map(text -> text.strip().replaceAll("\\s*\\n\\s*", " "))
        .collect(Collectors.joining(": "));
  }
}
