package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Blocks that somebody ends by hand. */
class DismissedBlockTest {
  private static final String WHO = "./fonio kill";

  @Test
  void aQueuedBlockHasItsJobCancelledOnceAndIsFollowedByAnother() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 1, 2));
    desk.at(0);
    desk.submitted("0");
    desk.effects.take();
    desk.table.dismiss("0", WHO, desk.now);
    desk.table.dismiss("0", WHO, desk.now);
    desk.effects.expect(
        "said executor htex: block 0 (job 10): draining for 0 s, as ./fonio kill asked for its end",
        "cancel 0 10");
    desk.at(1);
    desk.effects.expect("submit 1");
  }

  @Test
  void aBlockThatIsBeingSubmittedIsCancelledWhenItsJobIsKnown() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.table.dismiss("0", WHO, desk.now);
    desk.effects.expect(
        "submit 0",
        "said executor htex: block 0: draining for 0 s, as ./fonio kill asked for its end");
    desk.submitted("0");
    desk.effects.expect("cancel 0 10");
  }

  @Test
  void anEndByHandIsNoFailureAndSaysWhoAskedForIt() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.submitted("0");
    desk.table.dismiss("0", WHO, desk.now);
    desk.effects.take();
    desk.status("0", JobState.CANCELLED);
    desk.at(5);
    desk.effects.expect();
    assertThat(desk.line(0))
        .isEqualTo(
            "block 0 (job 10): ended for 5 s, was cancelled, as ./fonio kill asked for its end");
  }

  @Test
  void aBlockWithManagersIsCancelledWhenTheLastHasLeft() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.up("0");
    desk.joined("0", "other", 4);
    desk.effects.take();
    assertThat(desk.table.blocks().unmanned()).isEmpty();
    desk.table.dismiss("0", "./fonio drain", desk.now);
    desk.table.managerLeft("0", "m0", desk.now);
    assertThat(desk.effects.take()).hasSize(1).first().asString().contains("./fonio drain");
    desk.table.managerLeft("0", "other", desk.now);
    desk.effects.expect("cancel 0 10");
    assertThat(desk.table.blocks().unmanned()).containsEntry("0", "block 0 (job 10)");
  }

  @Test
  void aManagerThatComesToADismissedBlockIsToldToLeave() {
    TableDesk desk = new TableDesk(Settings.PLAIN.blocks(1, 0, 1));
    desk.at(0);
    desk.submitted("0");
    desk.table.dismiss("0", WHO, desk.now);
    desk.effects.take();
    desk.joined("0", "late", 4);
    desk.effects.expect("drain 0");
  }
}
