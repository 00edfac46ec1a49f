package fonio.providers;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Blocks of a batch system, by its own commands.
 *
 * <p>How an ended job ended is told by the query, by the exit code that the job script wrote down,
 * or by one more command, whichever knows it first. It is remembered for a while, since batch
 * systems forget; nothing else of an ended job is kept.
 */
final class BatchProvider implements Provider {
  private static final Set<JobState> NEED_EXIT_CODE =
      Set.of(JobState.COMPLETED, JobState.FAILED, JobState.MISSING);
  private static final int MISSING_KEPT = 1024;

  private final BatchSystem system;
  private final BatchSettings settings;
  private final Commands commands;
  private final Map<String, BlockFiles> files = new HashMap<>();
  private final Latest<JobStatus> ended = new Latest<>(Latest.ENDS);

  /** Files of jobs that the batch system did not know, which may have ended or not. */
  private final Latest<BlockFiles> missing = new Latest<>(MISSING_KEPT);

  BatchProvider(BatchSystem system, BatchSettings settings, Commands commands) {
    this.system = system;
    this.settings = settings;
    this.commands = commands;
  }

  @Override
  public String submit(BlockOrder block) {
    BlockFiles own = BlockFiles.of(block);
    int nodes = system.runsScriptOnEachNode() ? 1 : block.nodes();
    String text = settings.launcher().wrap(block.command(), block.tasksPerNode(), nodes);
    String body = JobBody.of(block, own, settings.workerInit(), text);
    own.write(own.script(), system.script(block, own, body));
    CommandResult result = commands.run(system.submit(own), system.submitInput(own).toFile());
    if (result.exitCode() != 0) {
      throw result.failure("the job script is " + own.script());
    }
    String job =
        system
            .jobId(result.stdout())
            .orElseThrow(() ->
                result.failure(
                    "no job id is found in that; look for the job by its name " + block.name()));
    files.put(job, own);
    return job;
  }

  @Override
  public Map<String, JobStatus> status(List<String> jobs) {
    Map<String, JobStatus> found = new LinkedHashMap<>();
    List<String> open = jobs.stream().filter(job -> !ended.has(job)).distinct().toList();
    for (int from = 0; from < open.size(); from += settings.batchSize()) {
      ask(open.subList(from, Math.min(open.size(), from + settings.batchSize())), found);
    }
    Map<String, JobStatus> all = new LinkedHashMap<>();
    for (String job : jobs) {
      JobStatus end = ended.get(job);
      all.put(job, end == null ? found.getOrDefault(job, unknown("")) : end);
    }
    found.forEach(this::remember);
    return all;
  }

  private void remember(String job, JobStatus status) {
    if (status.state() == JobState.MISSING) {
      BlockFiles own = files.remove(job);
      if (own != null) {
        missing.put(job, own);
      }
    } else if (status.state().isEnded()) {
      files.remove(job);
      missing.remove(job);
      ended.put(job, status);
    }
  }

  /** Of how many jobs something is kept. */
  int kept() {
    return files.size() + missing.size() + ended.size();
  }

  private void ask(List<String> jobs, Map<String, JobStatus> found) {
    CommandResult result;
    try {
      result = commands.run(system.query(jobs));
    } catch (ProviderException e) {
      jobs.forEach(job -> found.put(job, unknown(String.valueOf(e.getMessage()))));
      return;
    }
    if (result.exitCode() != 0 && !onlyUnknownJobs(result)) {
      jobs.forEach(job -> found.put(job, unknown(result.said())));
      return;
    }
    if (result.exitCode() != 0 && result.stdout().isBlank() && jobs.size() > 1) {
      // One job that is gone can spoil the answer for the others.
      jobs.forEach(job -> ask(List.of(job), found));
      return;
    }
    Map<String, Sighting> seen = system.sightings(result.stdout(), jobs);
    jobs.forEach(job -> found.put(job, judge(job, Optional.ofNullable(seen.get(job)))));
  }

  private boolean onlyUnknownJobs(CommandResult result) {
    List<String> lines = result.stderr().lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? system.unknownJobExitCode().equals(OptionalInt.of(result.exitCode()))
        : lines.stream().allMatch(line -> system.unknownJob().matcher(line).find());
  }

  private JobStatus judge(String job, Optional<Sighting> seen) {
    if (seen.isPresent() && !seen.get().state().isEnded()) {
      return JobStatus.of(seen.get().state(), seen.get().reason());
    }
    BlockFiles own = files.containsKey(job) ? files.get(job) : missing.get(job);
    OptionalInt written =
        own == null || system.runsScriptOnEachNode() ? OptionalInt.empty() : own.exitCode();
    Sighting last;
    if (seen.isPresent() && isWhole(seen.get())) {
      last = seen.get();
    } else if (written.isPresent()) {
      last =
          seen.filter(s -> s.state() != JobState.MISSING)
              .map(s -> new Sighting(s.state(), s.reason(), written))
              .orElseGet(() -> Sighting.ended(written.getAsInt(), ""));
    } else {
      last =
          inquest(job)
              .or(() -> seen)
              .orElseGet(() -> Sighting.of(JobState.MISSING, "the batch system does not know it"));
    }
    return own == null
        ? new JobStatus(last.state(), last.reason(), last.exitCode(), "", "")
        : new JobStatus(
            last.state(),
            last.reason(),
            last.exitCode(),
            BlockFiles.tail(own.stdout()),
            BlockFiles.tail(own.stderr()));
  }

  private static boolean isWhole(Sighting seen) {
    return seen.exitCode().isPresent() || !NEED_EXIT_CODE.contains(seen.state());
  }

  private Optional<Sighting> inquest(String job) {
    Optional<List<String>> words = system.inquest(job);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    try {
      CommandResult result = commands.run(words.get());
      return result.exitCode() == 0
          ? system.verdict(result.stdout()).filter(sighting -> sighting.state().isEnded())
          : Optional.empty();
    } catch (ProviderException e) {
      return Optional.empty();
    }
  }

  private static JobStatus unknown(String reason) {
    return JobStatus.of(JobState.UNKNOWN, reason);
  }

  @Override
  public void cancel(List<String> jobs) {
    List<String> open = jobs.stream().filter(job -> !ended.has(job)).toList();
    if (open.isEmpty()) {
      return;
    }
    CommandResult result = commands.run(system.cancel(open));
    if (result.exitCode() != 0 && !onlyUnknownJobs(result)) {
      throw result.failure("the jobs may still run: look for them by hand");
    }
  }

  @Override
  public Duration statusPeriod() {
    return settings.statusPeriod();
  }

  @Override
  public void close() {
    // Jobs of a batch system live on.
  }
}
