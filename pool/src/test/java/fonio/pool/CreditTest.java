package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CreditTest {
  private static final long TARGET_NANOS = 1_000_000;
  private final Credit credit = new Credit(TARGET_NANOS);

  @Test
  void unmeasuredClassGetsOneTaskOnAnIdleWorkerOnly() {
    assertEquals(1, credit.room(3, 0, 0));
    assertEquals(0, credit.room(3, 1, 0));
    assertEquals(TARGET_NANOS, credit.estimateNanos(3));
  }

  @Test
  void roomIsTheTargetInTasksOfTheMeasuredLength() {
    credit.learn(1, 10, 100_000);
    assertEquals(100, credit.room(1, 0, 0));
    assertEquals(50, credit.room(1, 50, 500_000));
    assertEquals(0, credit.room(1, 200, 2_000_000));
  }

  @Test
  void oneTaskIsAlwaysQueuedBehindTheRunningOneUnlessTasksAreLong() {
    credit.learn(1, 1, 3_000_000);
    assertEquals(1, credit.room(1, 1, 3_000_000));
    assertEquals(0, credit.room(1, 2, 6_000_000));
    credit.learn(2, 1, 6_000_000);
    assertEquals(1, credit.room(2, 0, 0));
    assertEquals(0, credit.room(2, 1, 6_000_000));
  }

  @Test
  void roomHasABoundForTasksOfNoLength() {
    credit.learn(1, 1000, 0);
    assertEquals(1024, credit.room(1, 0, 0));
    assertEquals(24, credit.room(1, 1000, 0));
    assertEquals(0, credit.room(1, 5000, 0));
  }

  @Test
  void shorterTasksAreBelievedSoonerThanLongerOnes() {
    credit.learn(1, 1, 1_000_000);
    credit.learn(1, 1, 0);
    long down = credit.estimateNanos(1);
    credit.learn(2, 1, 1_000_000);
    credit.learn(2, 1, 2_000_000);
    long up = credit.estimateNanos(2);
    assertTrue(1_000_000 - down > up - 1_000_000, down + " and " + up);
  }

  @Test
  void classesOfHighNumberAreMeasuredToo() {
    credit.learn(65_535, 1, 10_000);
    assertEquals(100, credit.room(65_535, 0, 0));
    assertEquals(1, credit.room(65_534, 0, 0));
  }
}
