package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockErrorsTest {
  private static final String NO_MODULE = "/bin/bash: line 9: module: command not found\n";

  private static List<String> failures(TableDesk desk) {
    return desk.effects.take().stream().filter(line -> line.startsWith("fail all")).toList();
  }

  @Test
  void simpleStrikesWhenAllInitBlocksEndedBeforeAManagerConnected() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(2, 0, 10));
    desk.at(0);
    desk.submitted("0");
    desk.submitted("1");
    desk.failed("0", 1, "");
    assertThat(failures(desk)).isEmpty();
    desk.failed("1", 127, NO_MODULE);
    assertThat(failures(desk))
        .containsExactly(
            "fail all: executor htex: all 2 blocks ended before a manager connected; block 0 (job 10)"
                + " ended with exit code 1; block 1 (job 11) ended with exit code 127: /bin/bash: line"
                + " 9: module: command not found.\nCorrect worker_init and the options of the provider"
                + " so that the job's script runs, then start again.");
  }

  @Test
  void simpleStrikesAtTheFirstWhenNoneWasWantedAtTheStart() {
    TableDesk desk = new TableDesk(Settings.PLAIN.strategy("simple"));
    desk.demand = new Demand(1, 0);
    desk.at(0);
    desk.table.submitFailed("0", "sbatch: error: invalid partition", desk.now);
    assertThat(failures(desk).getFirst())
        .contains(
            "the only block ended", "could not be submitted: sbatch: error: invalid partition");
  }

  @Test
  void simpleNeverStrikesOnceAManagerHasConnected() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 1, 10));
    desk.at(0);
    desk.up("0");
    desk.status("0", JobState.TIMEOUT);
    for (int block = 1; block < 6; block++) {
      desk.at(block * 100);
      desk.submitted(Integer.toString(block));
      desk.failed(Integer.toString(block), 1, "");
    }
    assertThat(failures(desk)).isEmpty();
  }

  @Test
  void windowedStrikesAtThreeInARowAndAManagerBreaksTheRow() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(7, 0, 10).errors("windowed"));
    desk.at(0);
    for (int block = 0; block < 7; block++) {
      desk.submitted(Integer.toString(block));
    }
    desk.failed("0", 1, "");
    desk.failed("1", 1, "");
    desk.joined("6", "m", 4);
    desk.failed("2", 1, "");
    desk.failed("3", 1, "");
    assertThat(failures(desk)).isEmpty();
    desk.failed("4", 2, "no such queue");
    assertThat(failures(desk).getFirst())
        .contains("3 blocks in a row ended", "block 2 (job 12)", "exit code 2: no such queue");
  }

  @Test
  void noneNeverStrikes() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(0, 1, 10).errors("none"));
    for (int block = 0; block < 9; block++) {
      desk.at(block * 100);
      desk.submitted(Integer.toString(block));
      desk.failed(Integer.toString(block), 1, "");
    }
    assertThat(failures(desk)).isEmpty();
  }

  @Test
  void blocksThatWereLetGoOnPurposeAreNoErrors() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(3, 0, 10).strategy("simple").idle(10));
    desk.at(0);
    for (int block = 0; block < 3; block++) {
      desk.submitted(Integer.toString(block));
    }
    desk.at(20);
    for (int block = 0; block < 3; block++) {
      desk.status(Integer.toString(block), JobState.CANCELLED);
    }
    assertThat(failures(desk)).isEmpty();
  }

  @Test
  void afterTheStrikeJobsThatAreLeftAreCancelledAndNoneIsAskedFor() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(4, 2, 10).errors("windowed"));
    desk.at(0);
    for (int block = 0; block < 4; block++) {
      desk.submitted(Integer.toString(block));
    }
    desk.failed("0", 1, "");
    desk.failed("1", 1, "");
    desk.effects.take();
    desk.failed("2", 1, "");
    assertThat(desk.effects.take()).contains("cancel 3 13").last().asString().contains("fail all");
    desk.at(1000);
    desk.effects.expect("cancel 3 13");
  }

  @Test
  void endsAreToldInWords() {
    assertThat(end(JobState.CANCELLED, "by 0")).endsWith("was cancelled (by 0)");
    assertThat(end(JobState.TIMEOUT, "")).endsWith("was ended by its walltime");
    assertThat(end(JobState.MISSING, "")).endsWith("is not known to the batch system any more");
    assertThat(end(JobState.FAILED, "NODE_FAIL")).endsWith("failed (NODE_FAIL)");
    assertThat(end(JobState.COMPLETED, "")).isEqualTo("block 7 (job 17) ended");
  }

  private static String end(JobState state, String reason) {
    return EndedBlock.of("7", "17", JobStatus.of(state, reason)).text();
  }
}
