package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.blocks.JobState;
import fonio.blocks.JobStatus;
import fonio.blocks.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptJobsTest {
  @TempDir Path run = Path.of("unset");
  private final Batch batch = new Batch();

  /** A batch system that gives numbers and remembers how its jobs are. */
  private static final class Batch implements Jobs {
    final Map<String, JobState> states = new HashMap<>();

    @Override
    public String submit(String block) {
      String job = "" + (100 + states.size());
      states.put(job, JobState.PENDING);
      return job;
    }

    @Override
    public Map<String, JobStatus> status(List<String> jobs) {
      Map<String, JobStatus> statuses = new HashMap<>();
      for (String job : jobs) {
        JobState state = states.getOrDefault(job, JobState.MISSING);
        statuses.put(job, JobStatus.of(state, ""));
      }
      return statuses;
    }

    @Override
    public void cancel(List<String> jobs) {
      jobs.forEach(job -> states.put(job, JobState.CANCELLED));
    }

    @Override
    public Duration statusPeriod() {
      return Duration.ofSeconds(1);
    }
  }

  private Jobs kept(String provider) {
    return KeptJobs.of(run, "h", provider, batch);
  }

  private List<String> submit(Jobs jobs, String... blocks) {
    List<String> ids = new ArrayList<>();
    for (String block : blocks) {
      ids.add(jobs.submit(block));
    }
    return ids;
  }

  @Test
  void nextEngineTakesOverTheJobsThatWaitOrRunAndAsksForTheOthers() throws IOException {
    Files.createDirectory(run.resolve("journal"));
    assertThat(submit(kept("slurm"), "0", "1", "2")).containsExactly("100", "101", "102");
    batch.states.put("100", JobState.RUNNING);
    batch.states.put("101", JobState.FAILED);
    assertThat(submit(kept("slurm"), "0", "1", "2", "3"))
        .containsExactly("100", "103", "102", "104");
    assertThat(submit(kept("slurm"), "1")).containsExactly("103");
  }

  @Test
  void jobThatWasTakenOverIsNotTakenTwice() throws IOException {
    Files.createDirectory(run.resolve("journal"));
    submit(kept("slurm"), "0");
    assertThat(submit(kept("slurm"), "0", "0")).containsExactly("100", "101");
  }

  @Test
  void jobWhoseLineWasNotWrittenToItsEndIsNotTakenOver() throws IOException {
    Files.createDirectory(run.resolve("journal"));
    submit(kept("slurm"), "0", "1");
    Files.writeString(run.resolve("h.jobs"), "0=100\n1=10");
    batch.states.put("10", JobState.RUNNING);
    assertThat(submit(kept("slurm"), "0", "1")).containsExactly("100", "103");
    assertThat(run.resolve("h.jobs")).hasContent("0=100\n1=103\n");
  }

  @Test
  void runWithoutAJournalKeepsNothing() {
    assertThat(kept("slurm")).isSameAs(batch);
  }

  @Test
  void jobsThatEndWithTheirEngineAreNotKept() throws IOException {
    Files.createDirectory(run.resolve("journal"));
    assertThat(kept("local")).isSameAs(batch);
  }
}
