package fonio.providers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The blocks that end with this process, by their job ids. */
final class HeldBlocks {
  private final Map<String, HeldBlock> blocks = new LinkedHashMap<>();
  private final Latest<JobStatus> ended = new Latest<>(Latest.ENDS);
  private int last;

  String add(HeldBlock block) {
    last++;
    String job = Integer.toString(last);
    blocks.put(job, block);
    return job;
  }

  Map<String, JobStatus> status(List<String> jobs) {
    Map<String, JobStatus> all = new LinkedHashMap<>();
    for (String job : jobs) {
      HeldBlock block = blocks.get(job);
      all.put(job, block == null ? end(job) : status(job, block));
    }
    return all;
  }

  private JobStatus end(String job) {
    JobStatus end = ended.get(job);
    return end == null
        ? JobStatus.of(JobState.MISSING, "this provider has not started it, or long forgotten it")
        : end;
  }

  /** Of a block that has ended only this is kept. */
  private JobStatus status(String job, HeldBlock block) {
    JobStatus status = block.status();
    if (status.state().isEnded()) {
      blocks.remove(job);
      ended.put(job, status);
    }
    return status;
  }

  void end(List<String> jobs) {
    end(jobs.stream().map(blocks::get).filter(Objects::nonNull).toList());
  }

  void endAll() {
    end(blocks.values());
  }

  private static void end(Collection<HeldBlock> those) {
    those.forEach(HeldBlock::beginEnd);
    those.forEach(HeldBlock::awaitEnd);
  }
}
