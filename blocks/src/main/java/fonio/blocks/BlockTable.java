package fonio.blocks;

import java.util.List;
import java.util.Map;

/**
 * The blocks of one executor: a pure core that turns events into effects.
 *
 * <p>Invariants: blocks that are not ended never outnumber {@code maxBlocks}; fewer than {@code
 * minBlocks} are wanted only while a backoff lasts or blocks that leave take the room; a job is
 * asked to end, or known to have ended, when the table is closed.
 */
final class BlockTable {
  /*
   * What managers say counts for more than what the batch system says: a block whose manager connects runs, whatever its job's
   * status, and a job that is missing while its managers are connected is not gone. From UNKNOWN, or from no word at all, nothing follows.
   */
  private static final long LONGEST_REST_NANOS = 60_000_000_000L;

  private final BlocksConfig config;
  private final BlockEffects effects;
  private final BlockErrors errors;
  private final Scaling scaling;
  private final Roster blocks = new Roster();
  private final BlockHistory history = new BlockHistory();
  private final Backoff backoff = new Backoff();
  private boolean started;
  private boolean closed;

  BlockTable(BlocksConfig config, BlockEffects effects, long nowNanos) {
    this.config = config;
    this.effects = effects;
    this.errors = BlockErrors.named(config.errorPolicy());
    this.scaling = new Scaling(config, nowNanos);
  }

  /** The block's job was accepted. */
  void submitted(String id, String job, long nowNanos) {
    Block block = blocks.alive(id);
    if (block == null) {
      return;
    }
    block.job = job;
    if (block.state == BlockState.DRAINING) {
      cancel(block, nowNanos);
    } else if (block.state == BlockState.SUBMITTING) {
      block.become(BlockState.PENDING, nowNanos);
    }
  }

  /** The block's job was refused. */
  void submitFailed(String id, String why, long nowNanos) {
    Block block = blocks.alive(id);
    if (block != null) {
      end(block, EndedBlock.withoutJob(id, why), nowNanos);
    }
  }

  /** How jobs are, by their ids. */
  void statuses(Map<String, JobStatus> statuses, long nowNanos) {
    for (Block block : blocks.alive()) {
      JobStatus status = block.job.isEmpty() ? null : statuses.get(block.job);
      if (status != null) {
        status(block, status, nowNanos);
      }
    }
  }

  private void status(Block block, JobStatus status, long nowNanos) {
    if (status.state() != JobState.UNKNOWN) {
      block.unknown = null;
    }
    switch (status.state()) {
      case UNKNOWN -> block.unknown = Trouble.more(block.unknown, status.reason(), nowNanos);
      case PENDING, HELD -> {
        block.jobState = status.state();
        block.reason = status.reason();
        if (block.state == BlockState.RUNNING && block.managers.isEmpty()) {
          block.requeued(nowNanos);
        }
      }
      case RUNNING -> {
        block.jobState = status.state();
        block.reason = status.reason();
        runs(block, nowNanos);
      }
      case MISSING -> {
        if (block.managers.isEmpty()) {
          end(block, EndedBlock.of(block.id, block.job, status), nowNanos);
        }
      }
      case COMPLETED, FAILED, CANCELLED, TIMEOUT ->
          end(block, EndedBlock.of(block.id, block.job, status), nowNanos);
    }
  }

  private void runs(Block block, long nowNanos) {
    if (block.state == BlockState.PENDING || block.state == BlockState.SUBMITTING) {
      block.become(BlockState.RUNNING, nowNanos);
      if (!block.waitNoted) {
        block.waitNoted = true;
        scaling.waited(nowNanos - block.askedAtNanos);
      }
    }
  }

  /** A manager of the block connected, or tells anew how many workers it has. */
  void managerJoined(String id, String manager, int workers, long nowNanos) {
    Block block = blocks.get(id);
    if (block == null) {
      return;
    }
    if (block.isEnded() || block.state == BlockState.DRAINING) {
      effects.drain(id);
    }
    if (block.isEnded()) {
      return;
    }
    runs(block, nowNanos);
    if (block.managers.isEmpty()) {
      block.idleSinceNanos = nowNanos;
    }
    block.connected = true;
    block.jobState = JobState.RUNNING;
    block.managers.put(manager, workers);
    history.connected();
    scaling.reported(blocks.alive());
  }

  /** A manager of the block is gone. */
  void managerLeft(String id, String manager, long nowNanos) {
    Block block = blocks.alive(id);
    if (block != null && block.managers.remove(manager) != null && block.managers.isEmpty()) {
      block.tasks = 0;
      if (block.state == BlockState.DRAINING) {
        cancel(block, nowNanos);
      }
    }
  }

  /** So many tasks are with the block's managers. */
  void load(String id, long tasks, long nowNanos) {
    Block block = blocks.alive(id);
    if (block != null && !block.managers.isEmpty()) {
      if (tasks == 0 && block.tasks > 0) {
        block.idleSinceNanos = nowNanos;
      }
      block.tasks = tasks;
    }
  }

  /** Time passed. */
  void tick(long nowNanos, Demand demand) {
    blocks.alive().stream()
        .filter(block -> block.isOverdue(nowNanos))
        .forEach(block -> cancel(block, nowNanos));
    if (closed) {
      return;
    }
    blocks.alive().forEach(block -> block.complaint(nowNanos).ifPresent(this::say));
    for (Block block : blocks.alive()) {
      if (block.settles(nowNanos)) {
        backoff.succeeded();
      }
    }
    if (!started) {
      started = true;
      scaleOut(config.initBlocks(), nowNanos);
    }
    scaleOut(config.minBlocks() - wanted(), nowNanos);
    switch (scaling.decide(blocks.wanted(), demand, nowNanos)) {
      case Decision.Nothing() -> {}
      case Decision.ScaleOut(int more) -> scaleOut(more, nowNanos);
      case Decision.Drain(List<String> leaving) -> leaving.forEach(id -> drain(id, nowNanos));
    }
  }

  private void scaleOut(int more, long nowNanos) {
    if (more <= 0 || !backoff.isOver(nowNanos)) {
      return;
    }
    int room = config.maxBlocks() - alive();
    for (int i = 0; i < Math.min(more, room); i++) {
      effects.submit(blocks.add(nowNanos).id);
    }
  }

  /**
   * Somebody wants the block no more, and looks after its managers himself: its job is cancelled
   * when it has none.
   */
  void dismiss(String id, String who, long nowNanos) {
    Block block = blocks.alive(id);
    if (block == null) {
      return;
    }
    if (block.isWanted()) {
      block.endedBy = who;
      block.become(BlockState.DRAINING, nowNanos);
      say(block.text(nowNanos));
    }
    if (block.managers.isEmpty() && !block.cancelAsked) {
      cancel(block, nowNanos);
    }
  }

  private void drain(String id, long nowNanos) {
    Block block = blocks.alive(id);
    if (block == null || !block.isWanted()) {
      return;
    }
    block.become(BlockState.DRAINING, nowNanos);
    if (block.managers.isEmpty()) {
      cancel(block, nowNanos);
    } else {
      effects.drain(id);
    }
  }

  private void cancel(Block block, long nowNanos) {
    if (!block.job.isEmpty()) {
      block.cancelAsked = true;
      block.cancelAskedAtNanos = nowNanos;
      effects.cancel(block.id, block.job);
    }
  }

  private void end(Block block, EndedBlock end, long nowNanos) {
    boolean wanted = block.isWanted();
    boolean young = block.isYoungFor(end, nowNanos);
    block.become(BlockState.ENDED, nowNanos);
    block.end = end;
    block.managers.clear();
    block.tasks = 0;
    blocks.forget();
    if (!wanted) {
      return;
    }
    if (young) {
      backoff.failed(nowNanos);
      say(end.textWithTail());
    } else {
      backoff.succeeded();
    }
    if (!block.connected && !closed) {
      history.stillborn(end);
      errors.verdict(config, history, alive()).ifPresent(text -> failAll(text, nowNanos));
    }
  }

  private void failAll(String text, long nowNanos) {
    close(nowNanos);
    effects.failAll(text);
  }

  private void say(String line) {
    effects.said("executor " + config.label() + ": " + line);
  }

  /** Cancels all jobs and asks for no more. */
  void close(long nowNanos) {
    closed = true;
    for (Block block : blocks.alive()) {
      block.become(BlockState.DRAINING, nowNanos);
      if (!block.cancelAsked) {
        cancel(block, nowNanos);
      }
    }
  }

  /** How long a {@link #tick} may be put off if nothing happens. */
  long dueNanos(long nowNanos) {
    if (closed) {
      return LONGEST_REST_NANOS;
    }
    long due = scaling.dueNanos(nowNanos);
    boolean lacking = wanted() < config.minBlocks();
    return lacking ? Math.min(due, backoff.remainingNanos(nowNanos)) : due;
  }

  /** The blocks, to look at. */
  Roster blocks() {
    return blocks;
  }

  private int alive() {
    return blocks.alive().size();
  }

  private int wanted() {
    return blocks.wanted().size();
  }
}
