package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.ByteQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/**
 * Two cores race through many fresh rings, one about to sleep, the other about to publish; in none
 * of them may the sleeper both miss what was published and get no doorbell.
 */
class RingSleepStressTest {
  private static final int RINGS = 2000;
  private static final int ROUNDS = Integer.getInteger("fonio.rounds", 100);
  private static final int CAPACITY = 64;

  /** One ring, with both of its sides and what they saw. */
  private static final class Race {
    final Ring producer;
    final Ring consumer;
    boolean rung;
    boolean seen;

    Race(MemorySegment memory) {
      producer = new Ring(memory, true);
      consumer = new Ring(memory, false);
    }
  }

  /** One of the two moves of a race. */
  private interface Move {
    void make(Race race, ByteQueue queue);
  }

  private static int lost(Move first, Move second, Move before) throws InterruptedException {
    int lost = 0;
    CyclicBarrier barrier = new CyclicBarrier(2);
    for (int round = 0; round < ROUNDS; round++) {
      try (Arena arena = Arena.ofShared()) {
        MemorySegment all = arena.allocate((long) RINGS * (Ring.CONTROL_BYTES + CAPACITY), 64);
        Race[] races = new Race[RINGS];
        for (int i = 0; i < RINGS; i++) {
          long size = Ring.CONTROL_BYTES + CAPACITY;
          races[i] = new Race(all.asSlice(i * size, size));
          before.make(races[i], new ByteQueue());
        }
        Thread other = Thread.ofPlatform().start(() -> run(barrier, races, second));
        run(barrier, races, first);
        other.join();
        for (Race race : races) {
          lost += race.rung || race.seen ? 0 : 1;
        }
      }
    }
    return lost;
  }

  private static void run(CyclicBarrier barrier, Race[] races, Move move) {
    ByteQueue queue = new ByteQueue();
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    for (Race race : races) {
      move.make(race, queue);
    }
  }

  @Test
  void sleepingConsumerSeesTheBytesOrHearsTheBell() throws InterruptedException {
    Move publish =
        (race, queue) -> {
          queue.putByte(1);
          race.producer.write(queue, 1);
          race.rung = race.producer.takeConsumerSleeps();
        };
    Move sleep =
        (race, queue) -> {
          race.consumer.consumerSleeps(true);
          VarHandle.fullFence();
          race.seen = race.consumer.hasInput();
        };

    assertThat(lost(publish, sleep, (race, queue) -> {})).isZero();
  }

  @Test
  void sleepingProducerSeesTheRoomOrHearsTheBell() throws InterruptedException {
    Move fill =
        (race, queue) -> {
          queue.putZeros(CAPACITY);
          race.producer.write(queue, CAPACITY);
        };
    Move consume =
        (race, queue) -> {
          race.consumer.read(queue, 1);
          race.rung = race.consumer.takeProducerSleeps();
        };
    Move sleep =
        (race, queue) -> {
          race.producer.producerSleeps(true);
          VarHandle.fullFence();
          race.seen = race.producer.hasRoom();
        };

    assertThat(lost(consume, sleep, fill)).isZero();
  }
}
