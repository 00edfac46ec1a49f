package fonio.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one executor, kept by its owner's loop.
 *
 * <p>One thread at a time calls it, and no call but {@link #close} waits: the batch system is asked
 * by a thread of its own, whose answers are taken by the next {@link #doWork}.
 */
public final class Blocks {
  private static final long TICK_NANOS = 100_000_000L;
  private static final long LONGEST_SLEEP_NANOS = 1_000_000_000L;
  private static final Duration SLOW = Duration.ofSeconds(10);

  private final BlocksConfig config;
  private final Jobs jobs;
  private final BlocksListener listener;
  private final LongSupplier nanoClock;
  private final JobsDesk desk;
  private final BlockTable table;
  private final StatusPace pace = new StatusPace();
  private final List<String> cancels = new ArrayList<>();
  private int effects;
  private boolean ticked;
  private long tickedAtNanos;
  private @Nullable Trouble trouble;
  private boolean closed;

  /**
   * Blocks of which none is asked for yet.
   *
   * @param jobs where blocks come from; called by one thread of its own
   * @param listener is called by the thread that calls this
   * @param nanoClock like {@link System#nanoTime}
   * @param wakeup is run by any thread when {@link #doWork} has an answer to take
   */
  public Blocks(
      BlocksConfig config,
      Jobs jobs,
      BlocksListener listener,
      LongSupplier nanoClock,
      Runnable wakeup) {
    this.config = config;
    this.jobs = jobs;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.desk = new JobsDesk(config.label(), jobs, nanoClock, wakeup);
    this.table = new BlockTable(config, new ToDesk(), nanoClock.getAsLong());
  }

  /** Takes answers, decides, asks; returns how much of that there was. */
  public int doWork(Demand demand) {
    long now = nanoClock.getAsLong();
    effects = 0;
    int taken = takeOutcomes(now);
    if (!closed && (taken > 0 || !ticked || now - tickedAtNanos >= TICK_NANOS)) {
      ticked = true;
      tickedAtNanos = now;
      table.tick(now, demand);
      askStatus(now);
    }
    flushCancels();
    return taken + effects;
  }

  /** How long {@link #doWork} may be put off if nothing happens. */
  public long sleepNanos(long nowNanos) {
    if (desk.hasOutcome()) {
      return 0;
    }
    long due = Math.min(table.dueNanos(nowNanos), LONGEST_SLEEP_NANOS);
    if (!table.blocks().jobs().isEmpty()) {
      due = Math.min(due, statusDueNanos(nowNanos));
    }
    return ticked ? Math.max(due, TICK_NANOS - (nowNanos - tickedAtNanos)) : 0;
  }

  /** A manager of the block connected, or tells anew how many workers it has. */
  public void managerJoined(String block, String manager, int workers) {
    table.managerJoined(block, manager, workers, nanoClock.getAsLong());
  }

  /** A manager of the block is gone. */
  public void managerLeft(String block, String manager) {
    table.managerLeft(block, manager, nanoClock.getAsLong());
  }

  /** So many tasks are with the block's managers. */
  public void load(String block, long tasks) {
    table.load(block, tasks, nanoClock.getAsLong());
  }

  /** What people call the blocks that have not ended and have no manager, by name. */
  public Map<String, String> unmanned() {
    return table.blocks().unmanned();
  }

  /**
   * Somebody wants a block no more: its job is cancelled now when it has no manager, else when the
   * last one has left.
   *
   * @param block its name; empty for all blocks
   * @param who ends it, for people
   */
  public void dismiss(String block, String who) {
    long now = nanoClock.getAsLong();
    if (block.isEmpty()) {
      table.blocks().alive().forEach(one -> table.dismiss(one.id, who, now));
    } else {
      table.dismiss(block, who, now);
    }
    flushCancels();
  }

  /** How the block ended, in one line; empty while it has not. */
  public Optional<String> end(String block) {
    return table.blocks().end(block);
  }

  /**
   * A line for each block, oldest first, and those for a batch system that is slow to answer or
   * fails to.
   */
  public List<String> describe() {
    long now = nanoClock.getAsLong();
    return Stream.of(
            table.blocks().describe(now),
            desk.slowCall(SLOW).stream(),
            Stream.ofNullable(trouble)
                .map(failing -> failing.text("the batch system has failed", now)))
        .flatMap(lines -> lines)
        .toList();
  }

  /** Cancels all jobs, and waits so long at most until the batch system has heard it. */
  public void close(Duration atMost) {
    if (closed) {
      return;
    }
    closed = true;
    desk.stop();
    long now = nanoClock.getAsLong();
    takeOutcomes(now);
    table.close(now);
    List<String> left = table.blocks().jobs();
    boolean inTime;
    try {
      inTime = desk.finish(left, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      inTime = false;
    }
    takeOutcomes(now);
    if (!inTime) {
      say(
          "the batch system did not answer within "
              + atMost.toMillis()
              + " ms while blocks were closed; look there for jobs that are left"
              + (left.isEmpty() ? "" : ": " + String.join(" ", left)));
    }
  }

  private int takeOutcomes(long nowNanos) {
    int taken = 0;
    for (Outcome outcome = desk.poll(); outcome != null; outcome = desk.poll()) {
      taken++;
      switch (outcome) {
        case Outcome.Submitted(String block, String job) -> table.submitted(block, job, nowNanos);
        case Outcome.SubmitFailed(String block, String why) ->
            table.submitFailed(block, why, nowNanos);
        case Outcome.Statuses(var statuses) -> {
          trouble = null;
          table.statuses(statuses, nowNanos);
        }
        case Outcome.Failed(String what, String why) -> {
          if (closed || trouble == null) {
            say(what + " failed: " + why);
          }
          trouble = Trouble.more(trouble, what + " failed: " + why, nowNanos);
        }
      }
    }
    return taken;
  }

  private void askStatus(long nowNanos) {
    List<String> ids = table.blocks().jobs();
    if (!ids.isEmpty() && statusDueNanos(nowNanos) == 0) {
      pace.asked(nowNanos);
      desk.status(ids);
    }
  }

  private long statusDueNanos(long nowNanos) {
    return pace.dueNanos(table.blocks().alive(), jobs.statusPeriod().toNanos(), nowNanos);
  }

  private void flushCancels() {
    if (!cancels.isEmpty()) {
      desk.cancel(cancels);
      cancels.clear();
    }
  }

  private void say(String line) {
    listener.said("executor " + config.label() + ": " + line);
  }

  /** Effects of the table, handed to the desk and to the listener. */
  private final class ToDesk implements BlockEffects {
    @Override
    public void submit(String block) {
      effects++;
      desk.submit(block);
    }

    @Override
    public void cancel(String block, String job) {
      effects++;
      cancels.add(job);
    }

    @Override
    public void drain(String block) {
      effects++;
      listener.drain(block);
    }

    @Override
    public void failAll(String text) {
      effects++;
      listener.failAll(text);
    }

    @Override
    public void said(String line) {
      listener.said(line);
    }
  }
}
