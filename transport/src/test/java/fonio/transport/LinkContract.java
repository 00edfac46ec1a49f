package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of link does. */
abstract class LinkContract {
  /** As long as a sleep with a ring can be. */
  private static final long SLEEP_NANOS = 100_000_000;

  @TempDir Path folder;

  private LinkPair pair;
  private Link upper;
  private Link lower;
  private final ByteQueue in = new ByteQueue();
  private final ByteQueue out = new ByteQueue();
  private final Pattern up = new Pattern();
  private final Pattern down = new Pattern();
  private final Deadline deadline = Deadline.in(Duration.ofSeconds(30));

  abstract LinkPair connect(Path folder) throws IOException;

  @BeforeEach
  void connect() throws IOException {
    pair = connect(folder);
    upper = pair.upper();
    lower = pair.lower();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private void readAll(Link link, Pattern pattern) {
    while (pattern.read() < pattern.written()) {
      assertThat(link.read(in)).isNotNegative();
      pattern.check(in);
      deadline.check("reading " + pattern.written() + " bytes");
    }
  }

  @Test
  void bytesArriveBothWays() {
    up.write(out, 1000);
    assertThat(lower.write(out)).isEqualTo(1000);
    readAll(upper, up);

    down.write(out, 2000);
    assertThat(upper.write(out)).isEqualTo(2000);
    readAll(lower, down);

    assertThat(upper.read(in)).isZero();
    assertThat(lower.read(in)).isZero();
    assertThat(upper.wantsRoom()).isFalse();
  }

  @Test
  void bytesArriveInTheirOrderInPiecesOfAnySize() {
    Random random = new Random(7);
    while (up.written() < 2_000_000) {
      up.write(out, random.nextInt(3000));
      lower.write(out);
      if (random.nextInt(3) > 0) {
        upper.read(in);
        up.check(in);
      }
    }
    while (!out.isEmpty()) {
      lower.write(out);
      upper.read(in);
      up.check(in);
      deadline.check("draining");
    }
    readAll(upper, up);
  }

  @Test
  void moreThanTheLinkHoldsArrivesPieceByPiece() {
    up.write(out, 20_000_000);

    lower.write(out);
    assertThat(lower.wantsRoom()).isTrue();
    while (!out.isEmpty()) {
      upper.read(in);
      lower.write(out);
      deadline.check("20 MB");
    }

    assertThat(lower.wantsRoom()).isFalse();
    readAll(upper, up);
  }

  @Test
  void bothDirectionsFullMoveAgainWhenBothDrain() {
    ByteQueue back = new ByteQueue();
    up.write(out, 10_000_000);
    down.write(back, 10_000_000);
    lower.write(out);
    upper.write(back);

    while (up.read() < up.written() || down.read() < down.written()) {
      upper.read(in);
      up.check(in);
      upper.write(back);
      lower.read(in);
      down.check(in);
      lower.write(out);
      deadline.check("10 MB each way");
    }
  }

  @Test
  void whatWasSentBeforeThePeerWentIsReadFirst() {
    up.write(out, 5000);
    lower.write(out);
    lower.close();
    upper.socketReady();

    while (up.read() < 5000) {
      assertThat(upper.read(in)).isPositive();
      up.check(in);
    }
    assertThat(upper.read(in)).isEqualTo(Link.GONE);
    assertThat(upper.isGone()).isTrue();
  }

  @Test
  void sleeperIsWokenWhenItsPeerGoes() {
    try (LinkSet links = LinkSet.open()) {
      links.add(upper);
      Thread.startVirtualThread(lower::close);

      while (upper.read(in) != Link.GONE) {
        links.await(1_000_000_000L);
        deadline.check("the end of the peer");
      }
    }
  }

  @Test
  void writingToAPeerThatIsGoneNeitherThrowsNorWaitsForRoom() {
    lower.close();
    up.write(out, 100);
    upper.socketReady();

    upper.write(out);
    upper.write(out);

    assertThat(upper.wantsRoom()).isFalse();
    assertThat(upper.read(in)).isEqualTo(Link.GONE);
  }

  @Test
  void unwantedInputWaitsUntilItIsWanted() {
    try (LinkSet links = LinkSet.open()) {
      links.add(upper);
      upper.wantInput(false);
      up.write(out, 10);
      lower.write(out);
      long before = System.nanoTime();

      links.await(20_000_000L);
      assertThat(System.nanoTime() - before).isGreaterThan(15_000_000L);

      upper.wantInput(true);
      links.await(10_000_000_000L);
      readAll(upper, up);
    }
  }

  @Test
  void closingTwiceDoesNothing() {
    upper.close();
    upper.close();

    assertThat(upper.isGone()).isTrue();
    assertThat(upper.read(in)).isEqualTo(Link.GONE);
  }

  /** As many rounds as the machine makes; a lost doorbell costs the rest of a sleep. */
  @Test
  void pingPongBetweenSleepersLosesNoDoorbell() throws InterruptedException {
    Deadline lastRound = Deadline.in(Duration.ofSeconds(15));
    int rounds = 0;
    int late = 0;
    Thread echo = new Thread(this::echo);
    echo.start();
    try (LinkSet links = LinkSet.open()) {
      links.add(upper);
      while (rounds < 20_000 && !lastRound.isOver()) {
        long begin = System.nanoTime();
        down.write(out, 1 + rounds % 50);
        while (!out.isEmpty()) {
          upper.write(out);
        }
        while (up.read() < down.written()) {
          if (upper.read(in) == 0) {
            links.await(SLEEP_NANOS);
            deadline.check("answer " + rounds);
          }
          up.check(in);
        }
        late += System.nanoTime() - begin >= SLEEP_NANOS ? 1 : 0;
        rounds++;
      }
    }
    upper.close();
    echo.join(10_000);
    assertThat(echo.isAlive()).isFalse();
    assertThat(late).as("late answers of %d", rounds).isLessThanOrEqualTo(rounds / 100);
  }

  private void echo() {
    ByteQueue queue = new ByteQueue();
    try (LinkSet links = LinkSet.open()) {
      links.add(lower);
      int read = lower.read(queue);
      while (read != Link.GONE) {
        while (!queue.isEmpty()) {
          lower.write(queue);
        }
        if (read == 0) {
          links.await(SLEEP_NANOS);
        }
        read = lower.read(queue);
      }
    }
  }

  @Test
  void sleepingProducerIsWokenByRoom() throws InterruptedException {
    up.write(out, 50_000_000);
    Thread producer = new Thread(this::writeAll);
    producer.start();
    try (LinkSet links = LinkSet.open()) {
      links.add(upper);
      while (up.read() < up.written()) {
        if (upper.read(in) == 0) {
          links.await(50_000_000L);
        }
        up.check(in);
        deadline.check("50 MB");
      }
    }
    producer.join(10_000);
    assertThat(producer.isAlive()).isFalse();
  }

  private void writeAll() {
    try (LinkSet links = LinkSet.open()) {
      links.add(lower);
      while (!out.isEmpty() || lower.wantsRoom()) { // by TLS what left the queue may wait for room
        if (lower.write(out) == 0) {
          links.await(50_000_000L);
        }
      }
    }
  }
}
