package fonio.providers;

import java.util.List;
import java.util.OptionalInt;

/** A block of processes that are held by this one: one process for each node. */
final class HeldBlock {
  private final BlockFiles files;
  private final List<HeldProcess> processes;
  private boolean cancelled;

  HeldBlock(BlockFiles files, List<HeldProcess> processes) {
    this.files = files;
    this.processes = List.copyOf(processes);
  }

  boolean isAlive() {
    return processes.stream().anyMatch(HeldProcess::isAlive);
  }

  JobStatus status() {
    if (isAlive()) {
      long gone = processes.stream().filter(process -> !process.isAlive()).count();
      String reason = gone == 0 ? "" : gone + " of " + processes.size() + " nodes have ended";
      return JobStatus.of(JobState.RUNNING, reason);
    }
    int code =
        processes.stream()
            .mapToInt(process -> process.exitCode().orElse(0))
            .filter(each -> each != 0)
            .findFirst()
            .orElse(0);
    JobState state =
        cancelled ? JobState.CANCELLED : code == 0 ? JobState.COMPLETED : JobState.FAILED;
    return new JobStatus(
        state,
        "",
        OptionalInt.of(code),
        BlockFiles.tail(files.stdout()),
        BlockFiles.tail(files.stderr()));
  }

  /** Tells all of it to end. */
  void beginEnd() {
    cancelled |= isAlive();
    processes.forEach(HeldProcess::beginEnd);
  }

  void awaitEnd() {
    processes.forEach(HeldProcess::awaitEnd);
  }
}
