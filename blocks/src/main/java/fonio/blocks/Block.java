package fonio.blocks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One block: a batch job, and the managers that it brought. */
final class Block {
  private static final long SILENT_NANOS = 60_000_000_000L;
  private static final long CANCEL_AGAIN_NANOS = 60_000_000_000L;
  private static final long LINGER_NANOS = 60_000_000_000L;
  private static final long YOUNG_NANOS = 60_000_000_000L;

  final String id;
  final Map<String, Integer> managers = new LinkedHashMap<>();

  long askedAtNanos;
  String job = "";
  BlockState state = BlockState.SUBMITTING;
  long sinceNanos;
  String reason = "";
  JobState jobState = JobState.UNKNOWN;
  boolean connected;
  boolean waitNoted;
  boolean settled;
  String endedBy = "";
  long tasks;
  long idleSinceNanos;
  boolean cancelAsked;
  long cancelAskedAtNanos;
  boolean heldTold;
  boolean silenceTold;
  @Nullable Trouble unknown;
  @Nullable EndedBlock end;

  Block(String id, long nowNanos) {
    this.id = id;
    this.askedAtNanos = nowNanos;
    this.sinceNanos = nowNanos;
  }

  void become(BlockState next, long nowNanos) {
    if (state != next) {
      state = next;
      sinceNanos = nowNanos;
    }
  }

  /** The batch system took its nodes away and will start it anew. */
  void requeued(long nowNanos) {
    become(BlockState.PENDING, nowNanos);
    askedAtNanos = nowNanos;
    waitNoted = false;
  }

  boolean isEnded() {
    return state == BlockState.ENDED;
  }

  /** Whether it is submitting, pending or running and not on its way out. */
  boolean isWanted() {
    return state != BlockState.ENDED && state != BlockState.DRAINING;
  }

  int workers() {
    return managers.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether it has had managers and no task for so long, all of it in its present state. */
  boolean idlesFor(long nanos, long nowNanos) {
    return !managers.isEmpty()
        && tasks == 0
        && nowNanos - idleSinceNanos >= nanos
        && nowNanos - sinceNanos >= nanos;
  }

  /** Whether it has lived for a while by now; true once. */
  boolean settles(long nowNanos) {
    boolean settles =
        !settled
            && state == BlockState.RUNNING
            && !managers.isEmpty()
            && nowNanos - sinceNanos >= YOUNG_NANOS;
    settled |= settles;
    return settles;
  }

  /** Whether its job was asked to end and has not, or its managers are drained and do not leave. */
  boolean isOverdue(long nowNanos) {
    boolean again = cancelAsked && nowNanos - cancelAskedAtNanos >= CANCEL_AGAIN_NANOS;
    boolean drained = !cancelAsked && idlesFor(LINGER_NANOS, nowNanos);
    return state == BlockState.DRAINING && (again || drained);
  }

  /** Whether such an end comes too early for one that was of use. */
  boolean isYoungFor(EndedBlock how, long nowNanos) {
    return !connected || (how.state() == JobState.FAILED && nowNanos - sinceNanos < YOUNG_NANOS);
  }

  /** What people should know of it, each thing once. */
  Optional<String> complaint(long nowNanos) {
    if (jobState == JobState.HELD && state == BlockState.PENDING && !heldTold) {
      heldTold = true;
      return Optional.of(text(nowNanos) + "; release the job, or cancel it");
    }
    if (state == BlockState.RUNNING
        && !connected
        && !silenceTold
        && nowNanos - sinceNanos >= SILENT_NANOS) {
      silenceTold = true;
      return Optional.of(
          text(nowNanos)
              + ", and no manager has connected; look at the output of the job, and whether its node"
              + " reaches this host");
    }
    return Optional.empty();
  }

  BlockView view(long nowNanos) {
    long since = state == BlockState.RUNNING ? sinceNanos : askedAtNanos;
    boolean idle = !managers.isEmpty() && tasks == 0;
    return new BlockView(
        id,
        state,
        jobState == JobState.HELD,
        nowNanos - since,
        managers.size(),
        workers(),
        tasks,
        idle ? nowNanos - idleSinceNanos : 0);
  }

  /** What people call it. */
  String title() {
    return job.isEmpty() ? "block " + id : "block " + id + " (job " + job + ")";
  }

  /** A line for people. */
  String text(long nowNanos) {
    StringBuilder text = new StringBuilder(title());
    text.append(": ").append(state.name().toLowerCase(Locale.ROOT));
    text.append(" for ").append((nowNanos - sinceNanos) / 1_000_000_000L).append(" s");
    EndedBlock ended = end;
    if (ended != null) {
      return text.append(", ").append(ended.how()).append(cause()).toString();
    }
    text.append(cause());
    if (jobState == JobState.HELD) {
      text.append(", held");
    }
    if (!reason.isBlank()) {
      text.append(" (").append(reason.strip()).append(')');
    }
    if (!managers.isEmpty()) {
      text.append(", managers ").append(String.join(" ", managers.keySet()));
      text.append(", ").append(workers()).append(" workers, ").append(tasks).append(" tasks");
    }
    Trouble silence = unknown;
    if (silence != null) {
      String what = "the batch system has not said how it is";
      text.append("; ").append(silence.text(what, nowNanos));
    }
    return text.toString();
  }

  private String cause() {
    return endedBy.isEmpty() ? "" : ", as " + endedBy + " asked for its end";
  }
}
