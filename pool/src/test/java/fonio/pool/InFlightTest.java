package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  private void add(int tasks) {
    for (int i = 0; i < tasks; i++) {
      long sequence = inFlight.tail();
      inFlight.add(100 + sequence, (int) sequence % 3, 7, 10);
    }
  }

  @Test
  void tasksAreNumberedFromOneAndAnsweredInTheirOrder() {
    add(3);
    assertEquals(1, inFlight.head());
    assertEquals(4, inFlight.tail());
    assertEquals(101, inFlight.task(1));
    assertEquals(1, inFlight.next());
    assertEquals(2, inFlight.next());
    assertEquals(3, inFlight.next());
    assertEquals(-1, inFlight.next());
    assertTrue(inFlight.isEmpty());
    assertEquals(0, inFlight.queuedNanos());
  }

  @Test
  void entriesKeepTheirPlacesWhenTheQueueGrowsInItsMiddle() {
    add(60);
    for (int i = 0; i < 50; i++) {
      inFlight.next();
    }
    add(500);
    assertEquals(510, inFlight.size());
    for (long s = inFlight.head(); s < inFlight.tail(); s++) {
      assertEquals(100 + s, inFlight.task(s));
      assertEquals(s % 3, inFlight.attempt(s));
      assertEquals(7, inFlight.classId(s));
    }
    assertEquals(5100, inFlight.queuedNanos());
  }

  @Test
  void recalledTaskCountsNoMoreButIsAnsweredInItsTurn() {
    add(3);
    inFlight.recall(2);
    assertEquals(2, inFlight.size());
    assertEquals(20, inFlight.queuedNanos());
    assertFalse(inFlight.has(2));
    assertEquals(-1, inFlight.find(102));
    assertEquals(1, inFlight.next());
    assertEquals(2, inFlight.next());
    assertEquals(1, inFlight.size());
    assertEquals(3, inFlight.next());
    assertTrue(inFlight.isEmpty());
  }

  @Test
  void tasksAreFoundByTheirIdWhileTheWorkerHasThem() {
    add(2);
    assertEquals(2, inFlight.find(102));
    assertEquals(-1, inFlight.find(103));
    inFlight.next();
    assertEquals(-1, inFlight.find(101));
    assertFalse(inFlight.has(1));
    assertFalse(inFlight.has(3));
    assertFalse(inFlight.has(0));
  }

  @Test
  void newProcessCountsFromOneAgain() {
    add(5);
    inFlight.next();
    inFlight.clear();
    assertTrue(inFlight.isEmpty());
    add(1);
    assertEquals(101, inFlight.task(1));
    assertEquals(10, inFlight.queuedNanos());
  }
}
