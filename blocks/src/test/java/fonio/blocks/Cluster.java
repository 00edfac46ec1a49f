package fonio.blocks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * A batch system, its nodes and a stream of tasks, simulated in steps of a second around a table of
 * blocks. Nothing in it is random.
 */
final class Cluster implements BlockEffects {
  private static final long SECOND = 1_000_000_000L;

  /** One job of one node. */
  private static final class Job {
    final int submittedAt;
    final List<Integer> tasksEndAt = new ArrayList<>();
    int startedAt = -1;
    boolean draining;
    boolean cancelled;
    boolean known;

    Job(int now) {
      submittedAt = now;
    }

    boolean runs() {
      return startedAt >= 0;
    }
  }

  private final BlockTable table;
  private final Settings settings;
  private final int workers;
  private final IntUnaryOperator queueSeconds;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private int now;
  private long startedSeconds;
  private int started;

  int submits;
  int mostBlocks;
  int done;
  int lost;
  int blockSeconds;

  /**
   * One whose nodes have so many workers, whatever the configuration guesses.
   *
   * @param queueSeconds how long the job of block n waits
   */
  Cluster(Settings settings, int workers, IntUnaryOperator queueSeconds) {
    this.table = new BlockTable(settings.config(), this, 0);
    this.settings = settings;
    this.workers = workers;
    this.queueSeconds = queueSeconds;
  }

  void submitTasks(int count, int seconds) {
    for (int i = 0; i < count; i++) {
      waiting.add(seconds);
    }
  }

  int outstanding() {
    return waiting.size() + jobs.values().stream().mapToInt(job -> job.tasksEndAt.size()).sum();
  }

  int seconds() {
    return now;
  }

  /** A second passes. */
  void step() {
    now++;
    for (Map.Entry<String, Job> entry : List.copyOf(jobs.entrySet())) {
      job(entry.getKey(), entry.getValue());
    }
    place();
    jobs.forEach((id, job) -> table.load(id, job.tasksEndAt.size(), nanos()));
    long meanNanos = done == 0 ? 0 : startedSeconds * SECOND / started;
    table.tick(nanos(), new Demand(outstanding(), meanNanos));
    mostBlocks = Math.max(mostBlocks, jobs.size());
    blockSeconds += (int) jobs.values().stream().filter(Job::runs).count();
  }

  private void job(String id, Job job) {
    if (!job.known) {
      job.known = true;
      table.submitted(id, id, nanos());
    }
    if (job.runs()) {
      int before = job.tasksEndAt.size();
      job.tasksEndAt.removeIf(end -> end <= now);
      done += before - job.tasksEndAt.size();
    }
    boolean overtime =
        job.runs()
            && settings.walltimeSeconds() > 0
            && now - job.startedAt >= settings.walltimeSeconds();
    if (job.cancelled || overtime) {
      lost += job.tasksEndAt.size();
      jobs.remove(id);
      JobState end = job.cancelled ? JobState.CANCELLED : JobState.TIMEOUT;
      table.statuses(Map.of(id, JobStatus.of(end, "")), nanos());
    } else if (job.runs() && job.draining && job.tasksEndAt.isEmpty()) {
      table.managerLeft(id, "m" + id, nanos());
    } else if (!job.runs()
        && now - job.submittedAt >= queueSeconds.applyAsInt(Integer.parseInt(id))) {
      job.startedAt = now;
      table.managerJoined(id, "m" + id, workers, nanos());
    }
  }

  /** Tasks go to the emptiest block that takes any. */
  private void place() {
    while (!waiting.isEmpty()) {
      Job emptiest = null;
      for (Job job : jobs.values()) {
        if (job.runs()
            && !job.draining
            && job.tasksEndAt.size() < workers
            && (emptiest == null || job.tasksEndAt.size() < emptiest.tasksEndAt.size())) {
          emptiest = job;
        }
      }
      if (emptiest == null) {
        return;
      }
      int seconds = waiting.remove();
      startedSeconds += seconds;
      started++;
      emptiest.tasksEndAt.add(now + seconds);
    }
  }

  private long nanos() {
    return now * SECOND;
  }

  @Override
  public void submit(String block) {
    submits++;
    jobs.put(block, new Job(now));
  }

  @Override
  public void cancel(String block, String job) {
    Job gone = jobs.get(block);
    if (gone != null) {
      gone.cancelled = true;
    }
  }

  @Override
  public void drain(String block) {
    Job gone = jobs.get(block);
    if (gone != null) {
      gone.draining = true;
    }
  }

  @Override
  public void failAll(String text) {
    throw new AssertionError(text);
  }

  @Override
  public void said(String line) {}
}
