package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockTableTest {
  @Test
  void initBlocksAreAskedForAtTheStartAndNotAgain() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(2, 0, 10));
    desk.at(0);
    desk.effects.expect("submit 0", "submit 1");
    desk.up("0");
    desk.at(100);
    desk.status("0", JobState.TIMEOUT);
    desk.at(200);
    desk.effects.expect();
  }

  @Test
  void leastBlocksAreKeptAtOnceWhenOneLivedAndEndedByWalltime() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(0, 1, 10));
    desk.at(0);
    desk.effects.expect("submit 0");
    desk.up("0");
    desk.at(600);
    desk.status("0", JobState.TIMEOUT);
    desk.at(600.1);
    desk.effects.expect("submit 1");
  }

  @Test
  void blocksThatDieYoungAreReplacedAfterGrowingWaits() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(0, 1, 10).errors("none"));
    double now = 0;
    desk.at(now);
    int block = 0;
    for (int wait : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      desk.effects.expect("submit " + block);
      desk.submitted(Integer.toString(block));
      desk.failed(Integer.toString(block), 1, "");
      desk.at(now + wait - 0.1);
      desk.effects.expect(
          "said executor htex: block " + block + " (job 1" + block + ") ended with exit code 1");
      now += wait;
      desk.at(now);
      block++;
    }
  }

  @Test
  void aBlockThatLivesMakesTheWaitShortAgainButEndsNoneThatHasBegun() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(0, 2, 2).errors("none"));
    desk.at(0);
    desk.up("0");
    desk.submitted("1");
    desk.failed("1", 1, "");
    desk.at(1);
    desk.submitted("2");
    desk.at(59);
    desk.failed("2", 1, "");
    desk.effects.take();
    desk.at(60);
    desk.effects.expect();
    desk.at(61);
    desk.effects.expect("submit 3");
    desk.submitted("3");
    desk.failed("3", 1, "");
    desk.effects.take();
    desk.at(62);
    desk.effects.expect("submit 4");
  }

  @Test
  void nothingFollowsFromUnknownOrFromNoWord() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 1, 1));
    desk.at(0);
    desk.submitted("0");
    desk.effects.take();
    desk.status("0", JobState.UNKNOWN);
    desk.table.statuses(Map.of(), desk.now);
    desk.at(50_000);
    desk.effects.expect();
    assertThat(desk.line(0)).startsWith("block 0 (job 10): pending for 50000 s");
  }

  @Test
  void jobOfWhichNobodyKnowsHowItIsSaysSinceWhenAndWhy() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 1, 1));
    desk.at(0);
    desk.submitted("0");
    desk.status("0", JobStatus.of(JobState.PENDING, "Priority"));
    desk.at(10);
    desk.status("0", JobStatus.of(JobState.UNKNOWN, "timed out"));
    desk.at(40);
    desk.status("0", JobStatus.of(JobState.UNKNOWN, "squeue: error:\n  no controller\n"));
    desk.at(50);
    assertThat(desk.line(0))
        .isEqualTo(
            "block 0 (job 10): pending for 50 s (Priority); the batch system has not said how it"
                + " is for 40 s: squeue: error:; no controller");
    desk.status("0", JobStatus.of(JobState.RUNNING, ""));
    assertThat(desk.line(0)).isEqualTo("block 0 (job 10): running for 0 s");
  }

  @Test
  void missingJobIsNotGoneWhileItsManagerIsConnected() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 1, 1));
    desk.at(0);
    desk.up("0");
    desk.status("0", JobState.MISSING);
    assertThat(desk.line(0)).startsWith("block 0 (job 10): running");
    desk.table.managerLeft("0", "m0", desk.now);
    desk.status("0", JobState.MISSING);
    assertThat(desk.line(0)).contains("ended", "is not known to the batch system any more");
  }

  @Test
  void managerThatConnectsProvesThatItsBlockRuns() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.submitted("0");
    desk.joined("0", "node-a", 8);
    desk.table.load("0", 3, desk.now);
    assertThat(desk.line(0))
        .isEqualTo("block 0 (job 10): running for 0 s, managers node-a, 8 workers, 3 tasks");
  }

  @Test
  void preemptedBlockWaitsAgain() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.submitted("0");
    desk.status("0", JobState.RUNNING);
    desk.at(30);
    desk.status("0", JobStatus.of(JobState.PENDING, "BeginTime"));
    desk.at(40);
    assertThat(desk.line(0)).isEqualTo("block 0 (job 10): pending for 10 s (BeginTime)");
  }

  @Test
  void drainedBlockIsCancelledWhenItsLastManagerLeaves() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 4).strategy("simple").idle(10));
    desk.at(0);
    desk.up("0");
    desk.joined("0", "other", 4);
    desk.effects.take();
    desk.at(20);
    desk.effects.expect("drain 0");
    desk.table.managerLeft("0", "other", desk.now);
    desk.effects.expect();
    desk.table.managerLeft("0", "m0", desk.now);
    desk.effects.expect("cancel 0 10");
    desk.status("0", JobState.CANCELLED);
    desk.at(200);
    desk.effects.expect();
  }

  @Test
  void drainedBlockWhoseManagerDoesNotLeaveIsCancelledAfterAMinuteWithoutTasksAndAgain() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 4).strategy("simple").idle(10));
    desk.at(0);
    desk.up("0");
    desk.at(20);
    desk.effects.take();
    desk.table.load("0", 1, desk.now);
    desk.at(500);
    desk.table.load("0", 0, desk.now);
    desk.at(559);
    desk.effects.expect();
    desk.at(560);
    desk.effects.expect("cancel 0 10");
    desk.at(619);
    desk.effects.expect();
    desk.at(620);
    desk.effects.expect("cancel 0 10");
  }

  @Test
  void blockThatIsLetGoBeforeItsJobHasAnIdIsCancelledOnceItHas() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 4).strategy("simple").idle(10));
    desk.at(0);
    desk.at(20);
    desk.effects.expect("submit 0");
    desk.submitted("0");
    desk.effects.expect("cancel 0 10");
  }

  @Test
  void drainingBlocksTakeRoomSoThatMostIsNeverPassed() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1).strategy("simple").idle(10));
    desk.at(0);
    desk.up("0");
    desk.at(20);
    desk.effects.take();
    desk.demand = new Demand(100, 0);
    desk.at(30);
    desk.effects.expect();
    desk.status("0", JobState.COMPLETED);
    desk.at(30.1);
    desk.effects.expect("submit 1");
  }

  @Test
  void tasksThatComeWhenThereIsNoBlockDoNotWaitForThePeriod() {
    TableDesk desk = new TableDesk(Settings.PLAIN.strategy("capacity"));
    desk.at(6);
    desk.demand = new Demand(1, 0);
    desk.at(6.1);
    desk.effects.expect("submit 0");
    desk.demand = new Demand(100, 0);
    desk.at(7);
    desk.effects.expect();
  }

  @Test
  void managerOfABlockThatIsGoneIsToldToLeave() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1).errors("none"));
    desk.at(0);
    desk.submitted("0");
    desk.status("0", JobState.MISSING);
    desk.effects.take();
    desk.joined("0", "late", 4);
    desk.effects.expect("drain 0");
    desk.joined("unheard-of", "stranger", 4);
    desk.effects.expect();
  }

  @Test
  void heldBlockAndSilentBlockAreToldOnce() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(2, 0, 2));
    desk.at(0);
    desk.submitted("0");
    desk.submitted("1");
    desk.status("0", JobStatus.of(JobState.HELD, "JobHeldUser"));
    desk.status("1", JobState.RUNNING);
    desk.effects.take();
    desk.at(60);
    desk.effects.expect(
        "said executor htex: block 0 (job 10): pending for 60 s, held (JobHeldUser); release the job,"
            + " or cancel it",
        "said executor htex: block 1 (job 11): running for 60 s, and no manager has connected; look at"
            + " the output of the job, and whether its node reaches this host");
    desk.at(200);
    desk.effects.expect();
  }

  @Test
  void closedTableCancelsAllJobsThoseThatComeLateTooAndAsksForNone() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(3, 3, 5));
    desk.at(0);
    desk.up("0");
    desk.submitted("1");
    desk.effects.take();
    desk.table.close(desk.now);
    desk.effects.expect("cancel 0 10", "cancel 1 11");
    desk.submitted("2");
    desk.effects.expect("cancel 2 12");
    desk.status("0", JobState.CANCELLED);
    desk.at(10);
    desk.effects.expect();
  }
}
