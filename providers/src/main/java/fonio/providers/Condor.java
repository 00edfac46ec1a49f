package fonio.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTCondor: condor_submit, condor_q, condor_rm, and condor_history for what has ended. */
final class Condor implements BatchSystem {
  static final Set<String> KEYS =
      Set.of(
          "cores_per_slot",
          "mem_per_slot",
          "environment",
          "project",
          "scheduler_options",
          "transfer_input_files",
          "walltime",
          "requirements",
          "cmd_chunk_size");

  private static final Pattern JOB_ID = Pattern.compile("submitted to cluster (\\d+)");
  private static final Pattern UNKNOWN_JOB =
      Pattern.compile("(?i)not found|no such|Couldn't find/remove all jobs");
  private static final List<String> FIELDS =
      List.of(
          "-af:t",
          "ClusterId",
          "JobStatus",
          "ExitCode",
          "ExitBySignal",
          "ExitSignal",
          "HoldReason",
          "RemoveReason");

  private final String fixed;

  Condor(Keys keys) {
    StringBuilder lines = new StringBuilder();
    keys.wholeNumber("cores_per_slot", 1)
        .ifPresent(cores -> lines.append("request_cpus = ").append(cores).append('\n'));
    keys.wholeNumber("mem_per_slot", 1)
        .ifPresent(gib -> lines.append("request_memory = ").append(gib).append("GB\n"));
    keys.line("requirements")
        .ifPresent(text -> lines.append("requirements = ").append(text).append('\n'));
    keys.line("project")
        .ifPresent(name -> lines.append("+ProjectName = \"").append(name).append("\"\n"));
    List<String> variables = keys.list("environment");
    if (!variables.isEmpty()) {
      lines
          .append("environment = \"")
          .append(CondorWords.environment(keys, variables))
          .append("\"\n");
    }
    List<String> inputs = keys.list("transfer_input_files");
    if (!inputs.isEmpty()) {
      lines.append("transfer_input_files = ").append(String.join(", ", inputs)).append('\n');
    }
    lines
        .append("periodic_remove = (JobStatus == 2) && (time() - EnteredCurrentStatus > ")
        .append(CondorWords.seconds(keys.walltime("00:10:00")))
        .append(")\n");
    lines.append(keys.lines("scheduler_options"));
    fixed = lines.toString();
  }

  static Provider provider(Keys keys, Commands commands) {
    keys.wholeNumber("nodes_per_block", 1, 1);
    int chunk = keys.wholeNumber("cmd_chunk_size", 100, 1);
    return new BatchProvider(
        new Condor(keys), BatchSettings.of(keys, Launchers.ofOneNode(keys), chunk), commands);
  }

  @Override
  public String script(BlockOrder block, BlockFiles files, String body) {
    files.write(
        files.with(".submit"),
        Template.named("condor.submit")
            .fill(
                Map.of(
                    "script", files.script().toString(),
                    "stdout", files.stdout().toString(),
                    "stderr", files.stderr().toString(),
                    "log", files.with(".log").toString(),
                    "name", block.name(),
                    "options", fixed,
                    "nodes", Integer.toString(block.nodes()))));
    return Template.named("condor").fill(Map.of("body", body));
  }

  @Override
  public boolean runsScriptOnEachNode() {
    return true;
  }

  @Override
  public List<String> submit(BlockFiles files) {
    return List.of("condor_submit", files.with(".submit").toString());
  }

  @Override
  public Optional<String> jobId(String stdout) {
    Matcher matcher = JOB_ID.matcher(stdout);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public List<String> query(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("condor_q"));
    words.addAll(jobs);
    words.addAll(FIELDS);
    return words;
  }

  @Override
  public Map<String, Sighting> sightings(String stdout, List<String> jobs) {
    Map<String, Sighting> seen = new HashMap<>();
    CondorListing.read(stdout).forEach((id, rows) -> seen.put(id, CondorListing.together(rows)));
    seen.keySet().retainAll(jobs);
    return seen;
  }

  @Override
  public Pattern unknownJob() {
    return UNKNOWN_JOB;
  }

  @Override
  public Optional<List<String>> inquest(String job) {
    List<String> words = new ArrayList<>(List.of("condor_history", job));
    words.addAll(FIELDS);
    return Optional.of(words);
  }

  @Override
  public Optional<Sighting> verdict(String stdout) {
    return CondorListing.read(stdout).values().stream().findFirst().map(CondorListing::together);
  }

  @Override
  public List<String> cancel(List<String> jobs) {
    List<String> words = new ArrayList<>(List.of("condor_rm"));
    words.addAll(jobs);
    return words;
  }
}
