package fonio.providers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LSF: bsub, bjobs and bkill. */
final class Lsf implements BatchSystem {
  static final Set<String> KEYS =
      Set.of(
          "cores_per_block",
          "cores_per_node",
          "walltime",
          "scheduler_options",
          "project",
          "queue",
          "bsub_redirection",
          "request_by_nodes");

  private static final Pattern JOB_ID = Pattern.compile("Job <(\\d+)> is submitted");
  private static final Pattern UNKNOWN_JOB =
      Pattern.compile("Job <\\d+> is not found|No matching job found|Job has already finished");
  private static final Pattern SEEN =
      Pattern.compile("(?m)^(\\d+)\\|(\\w+)\\|([^|]*)\\|([^|]*)\\|(.*)$");

  private final boolean redirection;
  private final boolean byNodes;
  private final OptionalInt coresPerBlock;
  private final OptionalInt coresPerNode;
  private final String fixed;
  private final String schedulerOptions;

  Lsf(Keys keys) {
    redirection = keys.flag("bsub_redirection", false);
    byNodes = keys.flag("request_by_nodes", true);
    coresPerBlock = keys.wholeNumber("cores_per_block", 1);
    coresPerNode = keys.wholeNumber("cores_per_node", 1);
    if (byNodes && coresPerBlock.isPresent()) {
      throw keys.bad(
          "cores_per_block",
          Integer.toString(coresPerBlock.getAsInt()),
          "nodes are asked for; remove it, or set request_by_nodes to false");
    }
    if (!byNodes && coresPerBlock.isEmpty() && coresPerNode.isEmpty()) {
      throw keys.bad(
          "request_by_nodes", "false", "give cores_per_block or cores_per_node beside it");
    }
    Directives lines = new Directives("#BSUB ");
    String walltime = keys.walltime("00:10:00");
    // LSF counts in minutes; the seconds begin one more.
    lines.add("-W " + minutes(walltime));
    keys.word("project").ifPresent(name -> lines.add("-P " + name));
    keys.word("queue").ifPresent(name -> lines.add("-q " + name));
    fixed = lines.text();
    schedulerOptions = keys.lines("scheduler_options");
  }

  private static int minutes(String walltime) {
    String[] parts = walltime.split(":", -1);
    int whole = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    return Math.max(1, Integer.parseInt(parts[2]) > 0 ? whole + 1 : whole);
  }

  static Provider provider(Keys keys, Commands commands) {
    return new BatchProvider(new Lsf(keys), BatchSettings.of(keys, "single_node", 100), commands);
  }

  @Override
  public String script(BlockOrder block, BlockFiles files, String body) {
    Directives lines = new Directives("#BSUB ");
    if (byNodes) {
      lines.add("-nnodes " + block.nodes());
    } else {
      int cores = coresPerBlock.orElseGet(() -> coresPerNode.orElse(1) * block.nodes());
      lines.add("-n " + cores);
      int perNode = coresPerNode.orElse(Math.ceilDiv(cores, block.nodes()));
      lines.add("-R \"span[ptile=" + perNode + "]\"");
    }
    return Template.named("lsf")
        .fill(
            Map.of(
                "name", block.name(),
                "stdout", files.stdout().toString(),
                "stderr", files.stderr().toString(),
                "options", fixed + lines.text() + schedulerOptions,
                "body", body));
  }

  @Override
  public List<String> submit(BlockFiles files) {
    return redirection ? List.of("bsub") : List.of("bsub", files.script().toString());
  }

  @Override
  public Path submitInput(BlockFiles files) {
    return redirection ? files.script() : BatchSystem.super.submitInput(files);
  }

  @Override
  public Optional<String> jobId(String stdout) {
    Matcher matcher = JOB_ID.matcher(stdout);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public List<String> query(List<String> jobs) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bjobs",
                "-a",
                "-noheader",
                "-o",
                "jobid stat exit_code exit_reason pend_reason delimiter='|'"));
    words.addAll(jobs);
    return words;
  }

  @Override
  public Map<String, Sighting> sightings(String stdout, List<String> jobs) {
    Map<String, Sighting> seen = new HashMap<>();
    Matcher row = SEEN.matcher(stdout);
    while (row.find()) {
      seen.put(
          row.group(1),
          sighting(row.group(2), row.group(3).strip(), words(row.group(4)), words(row.group(5))));
    }
    return seen;
  }

  private static String words(String cell) {
    String text = cell.strip();
    return text.equals("-") ? "" : text;
  }

  private static Sighting sighting(String stat, String exit, String exitReason, String pending) {
    OptionalInt code =
        exit.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(exit)) : OptionalInt.empty();
    return switch (stat) {
      case "PEND", "PROV", "WAIT" -> Sighting.of(JobState.PENDING, pending);
      case "PSUSP", "USUSP", "SSUSP" -> Sighting.of(JobState.HELD, pending);
      case "RUN" -> Sighting.of(JobState.RUNNING, "");
      case "DONE" -> Sighting.ended(0, "");
      case "EXIT" -> new Sighting(exited(exitReason), exitReason, code);
      default -> Sighting.of(JobState.UNKNOWN, stat);
    };
  }

  private static JobState exited(String reason) {
    if (reason.contains("TERM_RUNLIMIT")) {
      return JobState.TIMEOUT;
    }
    boolean ended = reason.matches("(?s).*TERM_(OWNER|FORCE_OWNER|ADMIN|FORCE_ADMIN|PREEMPT).*");
    return ended ? JobState.CANCELLED : JobState.FAILED;
  }

  @Override
  public Pattern unknownJob() {
    return UNKNOWN_JOB;
  }

  @Override
  public Optional<List<String>> inquest(String job) {
    return Optional.empty();
  }

  @Override
  public Optional<Sighting> verdict(String stdout) {
    return Optional.empty();
  }

  @Override
  public List<String> cancel(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("bkill"));
    words.addAll(jobs);
    return words;
  }
}
