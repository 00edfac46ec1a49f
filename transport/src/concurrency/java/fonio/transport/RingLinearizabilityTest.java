package fonio.transport;

import fonio.testkit.Effort;
import fonio.wire.ByteQueue;
import java.lang.foreign.Arena;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A ring with one producer and one consumer behaves as a bounded queue of bytes at every moment.
 *
 * <p>One byte a call: of more, a call may move fewer than an outsider would count, as it looks at the
 * peer's counter once.
 */
@Tag("concurrency")
public class RingLinearizabilityTest {
  static final int CAPACITY = 2;

  private final Ring producer;
  private final Ring consumer;
  private byte next;

  /** Makes an empty ring. */
  public RingLinearizabilityTest() {
    var memory = Arena.ofAuto().allocate(Ring.CONTROL_BYTES + CAPACITY, 64);
    producer = new Ring(memory, true);
    consumer = new Ring(memory, false);
  }

  /** Offers a byte that counts up; returns how many fitted. */
  @Operation(nonParallelGroup = "producer")
  public int write() {
    ByteQueue queue = new ByteQueue();
    queue.putByte(next);
    int written = producer.write(queue, 1);
    next += (byte) written;
    return written;
  }

  /** Takes a byte; -1 when there is none. */
  @Operation(nonParallelGroup = "consumer")
  public int read() {
    ByteQueue queue = new ByteQueue();
    return consumer.read(queue, 1) == 0 ? -1 : queue.array()[queue.head()];
  }

  @Test
  void isABoundedQueueUnderStress() {
    new StressOptions()
        .iterations(Effort.of(15))
        .invocationsPerIteration(2_000)
        .threads(2)
        .sequentialSpecification(BoundedBytes.class)
        .check(RingLinearizabilityTest.class);
  }

  @Test
  void isABoundedQueueInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(Effort.of(15))
        .invocationsPerIteration(1_000)
        .threads(2)
        .sequentialSpecification(BoundedBytes.class)
        .check(RingLinearizabilityTest.class);
  }
}
