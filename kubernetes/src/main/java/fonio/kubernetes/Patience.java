package fonio.kubernetes;

import fonio.providers.JobState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** For how long pods may be stuck before they count as failed. */
final class Patience {
  /** Registries have bad moments, and a secret may be made a moment after the pod. */
  static final Duration USUAL = Duration.ofSeconds(60);

  private final Duration most;
  private final Map<String, Long> since = new HashMap<>();

  Patience(Duration most) {
    this.most = most;
  }

  /** The pod as it was seen, or failed when it has been stuck for too long. */
  Sight judge(String pod, Sight seen, long nowNanos) {
    if (!seen.stuck()) {
      since.remove(pod);
      return seen;
    }
    long began = since.computeIfAbsent(pod, name -> nowNanos);
    return nowNanos - began < most.toNanos()
        ? seen
        : new Sight(JobState.FAILED, seen.reason(), true, OptionalInt.empty());
  }

  /** The pod is gone. */
  void forget(String pod) {
    since.remove(pod);
  }
}
