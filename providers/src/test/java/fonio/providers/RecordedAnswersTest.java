package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the batch systems print, and what that says of the jobs. */
class RecordedAnswersTest {
  @TempDir Path folder;

  private static String recorded(String name) throws IOException {
    try (InputStream in = RecordedAnswersTest.class.getResourceAsStream("recorded/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Map<String, JobStatus> ask(String kind, FakePrograms programs, List<String> jobs) {
    ProviderSettings settings = new ProviderSettings(kind, Map.of());
    try (Provider provider = Providers.open(settings, programs.environment(), line -> {})) {
      return provider.status(jobs);
    }
  }

  /** One line a job: its state, exit code and reason. */
  private List<String> lines(
      String kind, String program, String file, String stderr, int exitCode, List<String> jobs)
      throws IOException {
    FakePrograms programs =
        new FakePrograms(folder).answering(program, recorded(file), stderr, exitCode);
    for (String silent : List.of("scontrol", "qacct", "condor_history")) {
      programs.answering(silent, "", "", 1);
    }
    List<String> lines = new ArrayList<>();
    ask(kind, programs, jobs)
        .forEach((job, status) -> {
          String code = status.exitCode().isPresent() ? " " + status.exitCode().getAsInt() : "";
          String reason = status.reason().isEmpty() ? "" : " " + status.reason();
          lines.add(job + " " + status.state() + code + reason);
        });
    return lines;
  }

  private static List<String> numbers(int first, int last) {
    List<String> numbers = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      numbers.add(Integer.toString(number));
    }
    return numbers;
  }

  @Test
  void squeue() throws IOException {
    assertThat(lines("slurm", "squeue", "squeue.txt", "", 0, numbers(101, 116)))
        .containsExactly(
            "101 PENDING Resources",
            "102 HELD JobHeldUser",
            "103 RUNNING",
            "104 RUNNING",
            "105 COMPLETED",
            "106 FAILED NonZeroExitCode",
            "107 CANCELLED",
            "108 TIMEOUT TimeLimit",
            "109 FAILED NodeDown",
            "110 FAILED OutOfMemory",
            "111 CANCELLED",
            "112 HELD",
            "113 PENDING",
            "114 PENDING ReqNodeNotAvail, UnavailableNodes:node[1-4]",
            "115 HELD JobHeldAdmin",
            "116 UNKNOWN");
  }

  @Test
  void qstatOfPbsPro() throws IOException {
    List<String> jobs = numbers(1001, 1011).stream().map(number -> number + ".pbs-server").toList();

    assertThat(
            lines(
                "pbspro",
                "qstat",
                "qstat-pbspro.txt",
                "qstat: Unknown Job Id 1011.pbs-server\n",
                153,
                jobs))
        .containsExactly(
            "1001.pbs-server PENDING Not Running: Insufficient amount of resource: ncpus (R: 64 A: 0 T: 128)",
            "1002.pbs-server RUNNING Job run at Sun Mar 01 at 10:00 on (node1:ncpus=32)+(node2:ncpus=32)",
            "1003.pbs-server HELD",
            "1004.pbs-server COMPLETED 0 Job run at Sun Mar 01 at 10:00 on (node1:ncpus=32) and finished",
            "1005.pbs-server FAILED 1 Job run at Sun Mar 01 at 10:00 on (node1:ncpus=32) and failed",
            "1006.pbs-server CANCELLED 143 Job run at Sun Mar 01 at 10:00 on (node1:ncpus=32) and terminated",
            "1007.pbs-server TIMEOUT -29 Job run at Sun Mar 01 at 10:00 on (node1:ncpus=32) and exceeded resource walltime",
            "1008.pbs-server CANCELLED job deleted before it ran",
            "1009.pbs-server RUNNING",
            "1010.pbs-server FAILED 137",
            "1011.pbs-server MISSING the batch system does not know it");
  }

  @Test
  void qstatOfTorqueAskedByShortAndLongNames() throws IOException {
    assertThat(
            lines(
                "torque",
                "qstat",
                "qstat-torque.txt",
                "",
                0,
                List.of("77", "78.head", "79.head.example.org")))
        .containsExactly("77 RUNNING", "78.head FAILED 2", "79.head.example.org TIMEOUT -11");
  }

  @Test
  void qstatOfSlurmIndentsByTabs() {
    String text = "Job Id:\t8\n\tJob_Name = block-0\n\tjob_state = R\n\tqueue = debug\n\n";
    FakePrograms programs = new FakePrograms(folder).answering("qstat", text, "", 0);

    assertThat(ask("torque", programs, List.of("8")).get("8").state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void qstatThatOnlyHasTheExitCodeOfAnUnknownJobIsBelieved() {
    FakePrograms programs = new FakePrograms(folder).answering("qstat", "", "", 153);

    assertThat(ask("torque", programs, List.of("8")).get("8").state()).isEqualTo(JobState.MISSING);
  }

  @Test
  void qstatThatCannotReachItsServerTellsNothing() throws IOException {
    assertThat(
            lines(
                "pbspro",
                "qstat",
                "qstat-pbspro.txt",
                "Connection refused\nqstat: cannot connect to server pbs-server (errno=111)\n",
                255,
                List.of("1001.pbs-server")))
        .singleElement()
        .asString()
        .startsWith("1001.pbs-server UNKNOWN Connection refused");
  }

  @Test
  void bjobs() throws IOException {
    assertThat(
            lines("lsf", "bjobs", "bjobs.txt", "Job <211> is not found\n", 255, numbers(201, 211)))
        .containsExactly(
            "201 PENDING Job requirements for reserving resource (mem) not satisfied: 4 hosts;",
            "202 HELD The job was suspended by the user while pending;",
            "203 RUNNING",
            "204 COMPLETED 0",
            "205 FAILED 9",
            "206 TIMEOUT 140 TERM_RUNLIMIT: job killed after reaching LSF run time limit",
            "207 CANCELLED 130 TERM_OWNER: job killed by owner",
            "208 HELD",
            "209 UNKNOWN UNKWN",
            "210 UNKNOWN ZOMBI",
            "211 MISSING the batch system does not know it");
  }

  @Test
  void qstatOfGridEngine() throws IOException {
    assertThat(lines("grid_engine", "qstat", "qstat-gridengine.txt", "", 0, numbers(301, 309)))
        .containsExactly(
            "301 RUNNING r",
            "302 PENDING qw",
            "303 HELD hqw",
            "304 FAILED Eqw",
            "305 RUNNING dr",
            "306 RUNNING t",
            "307 HELD S",
            "308 RUNNING Rr",
            "309 MISSING the batch system does not know it");
  }

  @Test
  void condorQueue() throws IOException {
    assertThat(lines("condor", "condor_q", "condor_q.txt", "", 0, numbers(118, 121)))
        .containsExactly(
            "118 RUNNING",
            "119 PENDING",
            "120 HELD Error from slot1@node1: Failed to execute /home/ann/block.sh: (errno=13)",
            "121 MISSING the batch system does not know it");
  }

  @ParameterizedTest
  @CsvSource({
    "slurm, squeue, scontrol, scontrol.txt, FAILED, 3",
    "grid_engine, qstat, qacct, qacct-failed.txt, FAILED, 6",
    "grid_engine, qstat, qacct, qacct-late.txt, TIMEOUT, 137",
    "grid_engine, qstat, qacct, qacct-deleted.txt, CANCELLED, 137",
    "condor, condor_q, condor_history, condor_history-failed.txt, FAILED, 3",
    "condor, condor_q, condor_history, condor_history-signal.txt, FAILED, 137",
    "condor, condor_q, condor_history, condor_history-removed.txt, CANCELLED,",
    "condor, condor_q, condor_history, condor_history-late.txt, TIMEOUT,"
  })
  void jobThatHasLeftTheQueueIsToldByItsHistory(
      String kind, String query, String inquest, String file, JobState state, Integer exitCode)
      throws IOException {
    FakePrograms programs =
        new FakePrograms(folder)
            .answering(query, "", "", 0)
            .answering(inquest, recorded(file), "", 0);

    JobStatus status = ask(kind, programs, List.of("1")).get("1");

    assertThat(status.state()).isEqualTo(state);
    assertThat(status.exitCode().isPresent() ? status.exitCode().getAsInt() : null)
        .isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({
    "pbspro, qdel 1 2",
    "torque, qdel 1 2",
    "lsf, bkill 1 2",
    "grid_engine, qdel 1 2",
    "condor, condor_rm 1 2"
  })
  void jobsAreCancelledByOneCommand(String kind, String words) {
    String program = words.substring(0, words.indexOf(' '));
    FakePrograms programs = new FakePrograms(folder).answering(program, "", "", 0);
    ProviderSettings settings = new ProviderSettings(kind, Map.of());
    try (Provider provider = Providers.open(settings, programs.environment(), line -> {})) {
      provider.cancel(List.of("1", "2"));
    }

    assertThat(programs.calls()).containsExactly(words);
  }
}
