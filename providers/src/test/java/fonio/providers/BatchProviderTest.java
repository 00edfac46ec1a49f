package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the same for all batch systems, shown with a Slurm of shell scripts. */
class BatchProviderTest {
  @TempDir Path folder;
  private FakePrograms programs = new FakePrograms(Path.of("unset"));

  @BeforeEach
  void installPrograms() {
    programs =
        new FakePrograms(folder.resolve("bin"))
            .answering("sbatch", "Submitted batch job 5\n", "", 0)
            .answering("scontrol", "", "slurm_load_jobs error: Invalid job id specified\n", 1);
  }

  private Provider slurm(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of("cmd_timeout", "20"));
    keys.putAll(more);
    return Providers.open(new ProviderSettings("slurm", keys), programs.environment(), line -> {});
  }

  private String submit(Provider provider) {
    return provider.submit(new BlockOrder("block", "manager", 1, 1, folder));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static JobStatus status(Provider provider, String job) {
    return provider.status(List.of(job)).get(job);
  }

  @Test
  void refusedJobNamesTheCommandItsExitCodeAndItsWords() {
    programs.answering(
        "sbatch",
        "",
        "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified\n",
        1);

    assertThatThrownBy(() -> submit(slurm(Map.of("account", "nobody"))))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("`sbatch --output=" + folder + "/block.out")
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("Invalid account or account/partition combination specified")
        .hasMessageContaining(folder + "/block.sh");
  }

  @Test
  void answerWithoutAJobIdIsRefusedWithTheAnswer() {
    programs.answering("sbatch", "queued, thank you\n", "", 0);

    assertThatThrownBy(() -> submit(slurm(Map.of())))
        .hasMessageContaining("queued, thank you")
        .hasMessageContaining("look for the job by its name block");
  }

  @Test
  void siteWithWordsOfItsOwnIsReadByItsOwnExpression() {
    programs.answering("sbatch", "jobid: 77!\n", "", 0);

    assertThat(submit(slurm(Map.of("regex_job_id", "jobid: (?P<id>\\d+)")))).isEqualTo("77");
  }

  @Test
  void allJobsAreAskedForByOneCommand() {
    programs.answering("squeue", "5|RUNNING|None\n6|PENDING|Priority\n", "", 0);

    Map<String, JobStatus> all = slurm(Map.of()).status(List.of("5", "6"));

    assertThat(all.get("5").state()).isEqualTo(JobState.RUNNING);
    assertThat(all.get("5").reason()).isEmpty();
    assertThat(all.get("6").state()).isEqualTo(JobState.PENDING);
    assertThat(all.get("6").reason()).isEqualTo("Priority");
    assertThat(programs.calls())
        .containsExactly("squeue --noheader --states=all --format=%i|%T|%r --jobs=5,6");
  }

  @Test
  void manyJobsAreAskedForInBatches() {
    programs.answering("squeue", "5|RUNNING|None\n6|RUNNING|None\n7|RUNNING|None\n", "", 0);

    Map<String, JobStatus> all =
        slurm(Map.of("status_batch_size", "2")).status(List.of("5", "6", "7"));

    assertThat(all.values()).extracting(JobStatus::state).containsOnly(JobState.RUNNING);
    assertThat(programs.calls()).hasSize(2).last().asString().endsWith("--jobs=7");
  }

  @Test
  void noJobsAreNotAskedFor() {
    assertThat(slurm(Map.of()).status(List.of())).isEmpty();
    assertThat(programs.calls()).isEmpty();
  }

  @Test
  void queryThatFailsTellsNothingAboutAnyJob() {
    programs.answering(
        "squeue", "", "slurm_load_jobs error: Unable to contact slurm controller\n", 1);
    Provider slurm = slurm(Map.of());
    String job = submit(slurm);

    assertThat(status(slurm, job).state()).isEqualTo(JobState.UNKNOWN);
    assertThat(status(slurm, job).reason()).contains("Unable to contact slurm controller");
  }

  @Test
  void queryThatHangsTellsNothingAboutAnyJob() {
    programs.with("squeue", "sleep 60");

    JobStatus status = status(slurm(Map.of("cmd_timeout", "0.5")), "5");

    assertThat(status.state()).isEqualTo(JobState.UNKNOWN);
    assertThat(status.reason()).contains("cmd_timeout");
  }

  @Test
  void jobThatASuccessfulQueryLacksIsMissing() {
    programs.answering("squeue", "", "", 0);

    assertThat(status(slurm(Map.of()), "5").state()).isEqualTo(JobState.MISSING);
  }

  @Test
  void goneJobDoesNotSpoilTheAnswerForTheOthers() {
    programs.with(
        "squeue",
        "case \"$*\" in *--jobs=6) echo '6|RUNNING|None';; *) echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1;; esac");

    Map<String, JobStatus> all = slurm(Map.of()).status(List.of("5", "6"));

    assertThat(all.get("5").state()).isEqualTo(JobState.MISSING);
    assertThat(all.get("6").state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void exitCodeThatTheScriptWroteDownTellsHowAForgottenJobEnded() throws IOException {
    programs.answering("squeue", "", "", 0);
    Provider slurm = slurm(Map.of());
    String job = submit(slurm);
    write("block.exit", "12\n");
    write("block.err", "no java here\n");

    JobStatus status = status(slurm, job);

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(12);
    assertThat(status.stderrTail()).isEqualTo("no java here\n");
  }

  @Test
  void batchSystemIsAskedOnceMoreWhenItKnowsAnExitCodeThatTheScriptDoesNot() {
    programs
        .answering("squeue", "5|FAILED|RaisedSignal:9(Killed)\n", "", 0)
        .answering(
            "scontrol",
            "JobId=5 JobName=block JobState=FAILED Reason=RaisedSignal:9(Killed) Requeue=1 ExitCode=0:9 DerivedExitCode=0:0\n",
            "",
            0);
    Provider slurm = slurm(Map.of());

    JobStatus status = status(slurm, submit(slurm));

    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.exitCode()).hasValue(137);
    assertThat(status.reason()).isEqualTo("RaisedSignal:9(Killed)");
    assertThat(programs.calls()).last().isEqualTo("scontrol --oneliner show job 5");
  }

  @Test
  void exitCodeDoesNotChangeWhatTheBatchSystemSays() throws IOException {
    programs.answering("squeue", "5|TIMEOUT|TimeLimit\n", "", 0);
    Provider slurm = slurm(Map.of());
    String job = submit(slurm);
    write("block.exit", "143\n");

    assertThat(status(slurm, job).state()).isEqualTo(JobState.TIMEOUT);
  }

  @Test
  void endIsRememberedWhenTheBatchSystemForgets() {
    programs.answering("squeue", "5|CANCELLED|None\n", "", 0);
    Provider slurm = slurm(Map.of());
    String job = submit(slurm);
    assertThat(status(slurm, job).state()).isEqualTo(JobState.CANCELLED);
    programs.answering("squeue", "", "", 0);

    assertThat(status(slurm, job).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void ofManyJobsThatHaveEndedOnlyTheLatestEndsAreKept() {
    programs
        .with(
            "sbatch", "echo Submitted batch job $(grep -c ^sbatch %s/bin/calls)".formatted(folder))
        .with("squeue", "for n in $(seq 1 40); do echo \"$n|CANCELLED|None\"; done");
    BatchProvider slurm = (BatchProvider) slurm(Map.of());
    List<String> jobs = IntStream.rangeClosed(1, 40).mapToObj(n -> submit(slurm)).toList();
    assertThat(slurm.kept()).isEqualTo(40);

    Map<String, JobStatus> all = slurm.status(jobs);

    assertThat(all.values()).extracting(JobStatus::state).containsOnly(JobState.CANCELLED);
    assertThat(slurm.kept()).isEqualTo(Latest.ENDS);
  }

  @Test
  void jobThatWasMissingForAWhileKeepsItsFiles() throws IOException {
    programs.answering("squeue", "", "", 0);
    Provider slurm = slurm(Map.of());
    String job = submit(slurm);
    assertThat(status(slurm, job).state()).isEqualTo(JobState.MISSING);
    write("block.exit", "12\n");

    assertThat(status(slurm, job).exitCode()).hasValue(12);
    assertThat(((BatchProvider) slurm).kept()).isEqualTo(1);
  }

  @Test
  void jobThatIsGoneAlreadyIsCancelledWithoutAWord() {
    programs.answering(
        "scancel", "", "scancel: error: Kill job error on job id 5: Invalid job id specified\n", 1);

    slurm(Map.of("clusters", "north")).cancel(List.of("5"));

    assertThat(programs.calls()).containsExactly("scancel --clusters=north 5");
  }

  @Test
  void jobThatCannotBeCancelledIsAnError() {
    programs.answering(
        "scancel", "", "scancel: error: Kill job error on job id 5: Access/permission denied\n", 1);

    assertThatThrownBy(() -> slurm(Map.of()).cancel(List.of("5")))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("permission denied")
        .hasMessageContaining("may still run");
  }

  @Test
  void filesOfAnOlderBlockOfTheSameNameAreNotTakenForThisOne() throws IOException {
    write("block.exit", "0\n");
    programs.answering("squeue", "", "", 0);
    Provider slurm = slurm(Map.of());

    assertThat(status(slurm, submit(slurm)).state()).isEqualTo(JobState.MISSING);
  }
}
