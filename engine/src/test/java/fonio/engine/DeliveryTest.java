package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import fonio.wire.Status;
import org.junit.jupiter.api.Test;

class DeliveryTest extends DurableFixture {
  private static final byte[] NOTHING = {};

  private void run(int task) {
    submit(PLAIN, task);
    exchange();
    take();
    whenDurable();
    answer(task, Status.OK, "done");
  }

  @Test
  void resultWaitsUntilItIsOnDisk() {
    run(1);
    assertThat(answers()).isEmpty();
    assertThat(delivery.isEmpty()).isFalse();
    assertThat(whenDurable()).containsExactly("1 OK done");
    assertThat(delivery.isEmpty()).isTrue();
  }

  @Test
  void withoutAClientResultsAreWrittenDownAndTheNextClientGetsThem() {
    run(1);
    delivery.end();
    assertThat(whenDurable()).isEmpty();
    assertThat(paper.kinds()).contains("Ended");
    delivery.begin(session());
    dataflow.openResults().sendAll();
    assertThat(whenDurable()).contains("1 OK done");
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    exchange();
    assertThat(dataflow.kernel().knows(1)).isFalse();
  }

  @Test
  void fileThatIsSuperfluousGoesWhenAllThatMakesItSoIsOnDisk() {
    run(1);
    deletes.accept(77);
    answers();
    assertThat(deleted).isEmpty();
    whenDurable();
    assertThat(deleted).containsExactly(77L);
  }

  @Test
  void fileStaysWhileTheEndThatMakesItSuperfluousIsNotYetWrittenDown() {
    run(1);
    deletes.accept(77);
    paper.force();
    delivery.doWork();
    assertThat(deleted).isEmpty();
    delivery.flush();
    delivery.doWork();
    assertThat(deleted).isEmpty();
    paper.force();
    delivery.doWork();
    assertThat(deleted).containsExactly(77L);
  }

  @Test
  void runThatIsNotDurableWritesNothingDownAndDoesNotWait() {
    Delivery plain = new Delivery(outbox, null, deletes);
    plain.begin(session());
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "done");
    int records = paper.size();
    plain.flush();
    assertThat(plain.doWork()).isZero();
    assertThat(answers()).contains("1 OK done");
    assertThat(paper.size()).isEqualTo(records);
  }

  @Test
  void whatEndedIsSafeWhenItsEndIsOnDisk() {
    long before = delivery.mark();
    assertThat(delivery.reached()).isEqualTo(before);
    run(1);
    long mark = delivery.mark();
    assertThat(mark).isGreaterThan(before);
    paper.force();
    assertThat(delivery.reached()).as("it is not written down").isLessThan(mark);
    delivery.flush();
    assertThat(delivery.mark()).isEqualTo(mark);
    assertThat(delivery.reached()).as("it is not on disk").isLessThan(mark);
    paper.force();
    assertThat(delivery.reached()).isEqualTo(mark);
  }

  @Test
  void whatChangesNothingIsSafeWithWhatWasWrittenDownBefore() {
    run(1);
    delivery.flush();
    paper.force();
    assertThat(delivery.mark()).isEqualTo(delivery.reached());
  }

  @Test
  void allIsSafeAtOnceInARunThatIsNotDurable() {
    Delivery plain = new Delivery(outbox, null, deletes);
    run(1);
    assertThat(plain.mark()).isEqualTo(plain.reached());
  }
}
