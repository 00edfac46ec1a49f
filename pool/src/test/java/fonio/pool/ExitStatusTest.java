package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExitStatusTest {
  @Test
  void signalAndExitCodeOf137AreToldApart() {
    assertEquals(new ExitStatus(9, -1), ExitStatus.of(9));
    assertEquals(new ExitStatus(0, 137), ExitStatus.of(137 << 8));
  }

  @Test
  void coreDumpIsItsSignal() {
    assertEquals(new ExitStatus(11, -1), ExitStatus.of(0x80 | 11));
    assertEquals("signal 11 (SIGSEGV)", ExitStatus.of(0x80 | 11).text());
  }

  @Test
  void textsNameWhatIsKnown() {
    assertEquals("exit code 3", ExitStatus.of(3 << 8).text());
    assertEquals("signal 34", ExitStatus.of(34).text());
    assertEquals("an unknown end", ExitStatus.UNKNOWN.text());
  }

  @Test
  void lastLineOfADeathIsItsReason() {
    var death = new WorkerDeath("w", 1, ExitStatus.UNKNOWN, "Traceback\n  here\nValueError: no\n");
    assertEquals("ValueError: no", death.lastLine());
    assertEquals("it said nothing", new WorkerDeath("w", 1, ExitStatus.UNKNOWN, "").lastLine());
  }
}
