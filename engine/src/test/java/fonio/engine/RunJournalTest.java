package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.journal.TaskRecord;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunJournalTest extends DurableFixture {
  private static final byte[] NOTHING = {};

  @Test
  void eachFrameThatChangesTheRunIsOneRecordAndTheOthersAreNone() {
    say.frame(Kind.CLASS, 9, 0, 1, "name=nine\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    submit(PLAIN, 1);
    submit(PROMISE, 2);
    say.begin(Kind.RESULTS, 0, 1, 2).lengths(new int[] {1}, 0).payload(new byte[] {7}, 0, 1).end();
    say.frame(Kind.ELEMENTS, 0, 0, 0, NOTHING);
    say.frame(Kind.CANCEL, 0, 0, 2, NOTHING);
    say.frame(Kind.QUERY, 0, 0, 1, "account".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    say.frame(Kind.RELEASE, 0, 1, 2, NOTHING);
    exchange();
    assertThat(paper.kinds())
        .containsExactly("Definition", "Accepted", "Accepted", "Given", "Noted", "Ended");
    assertThat(journal.framesOnDisk()).isZero();
    paper.force();
    assertThat(journal.framesOnDisk()).isEqualTo(5);
  }

  @Test
  void frameThatIsRefusedIsNotWrittenDown() {
    submit(PLAIN, 1, 77);
    exchange();
    assertThat(paper.kinds()).isEmpty();
  }

  @Test
  void parentsOfAFrameAreNamedOnceInTheirOrder() {
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    submit(PLAIN, 3, 2, 1, 2);
    exchange();
    assertThat(paper.last())
        .isInstanceOfSatisfying(
            TaskRecord.Accepted.class,
            accepted -> assertThat(accepted.parents()).containsExactly(1, 2));
  }

  @Test
  void acknowledgedFrameIsWrittenDownWithItsTasks() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    whenDurable();
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    exchange();
    assertThat(paper.last())
        .isInstanceOfSatisfying(
            TaskRecord.Acknowledged.class,
            acknowledged -> assertThat(acknowledged.tasks()).containsExactly(1));
  }

  @Test
  void clientHearsHowManyOfItsFramesAreOnDiskAndWhyNoMoreAre() {
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    assertThat(exchange()).containsExactly("DURABLE 0");
    assertThat(whenDurable()).containsExactly("DURABLE 2");
    paper.fail("the disk is full");
    assertThat(answers()).containsExactly("DURABLE 2");
    assertThat(answers()).isEmpty();
    paper.fail("");
    assertThat(answers()).isEqualTo(List.of("DURABLE 2"));
  }
}
