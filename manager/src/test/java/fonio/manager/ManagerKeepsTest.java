package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.HeldReference;
import fonio.wire.Kind;
import fonio.wire.Length;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager with one real worker, which keeps large results for tasks that come later. */
class ManagerKeepsTest {
  /** The function of class 2: bytes of so many bytes. */
  private static final int BYTES_CLASS = 2;

  private static final int LENGTH_CLASS = 3;
  private static final int LARGE = 1_000_000;

  @TempDir Path folder;
  private ScriptedInterchange interchange;
  private RunningManager manager;
  private Session session;

  @BeforeEach
  void start() throws IOException {
    interchange = new ScriptedInterchange(folder);
    manager = new RunningManager(interchange, Optional.empty());
    session = interchange.join();
    session.define(BYTES_CLASS, "bytes");
    session.define(LENGTH_CLASS, "len");
    session.send(BYTES_CLASS, 1, LARGE);
    session.until("the result", () -> session.heard.contains("KEPT OK 1/0"));
    session.heard.clear();
  }

  @AfterEach
  void close() throws IOException {
    manager.close();
    session.close();
    interchange.close();
  }

  /** A task that asks how long the result of another one is. */
  private void length(int task, long parent, long bytes) {
    byte[] reference = new byte[HeldReference.BYTES];
    new HeldReference(parent, bytes).encode(reference, 0);
    session
        .writer
        .begin(Kind.TASKS, LENGTH_CLASS, 1, task)
        .parents(new int[] {1}, new int[] {(int) parent}, new int[] {Length.SEGMENT})
        .attempts(new int[1], 0)
        .payload(reference, 0, reference.length)
        .end();
  }

  private void hears(String line) {
    session.until(line, () -> session.heard.contains(line));
  }

  private long encodedLength() {
    return session.lastLength;
  }

  @Test
  void tasksUseAResultThatIsKeptAsOftenAsTheyWant() {
    long bytes = encodedLength();
    assertThat(session.hello).containsKey("keep_mb");
    length(2, 1, bytes);
    length(3, 1, bytes);
    hears("OK 2/0");
    hears("OK 3/0");
    assertThat(session.lastNumber).isEqualTo(LARGE);
  }

  @Test
  void tasksWhoseInputIsNotKeptGoBackAndItIsSaidWhatTheyLack() {
    long bytes = encodedLength();
    length(2, 7, bytes);
    length(3, 1, bytes - 1);
    session.hears("RELEASE 7", "SKIPPED 2/0", "RELEASE 1", "SKIPPED 3/0");
  }

  @Test
  void releasedResultIsUsedByThoseThatCameBeforeAlone() {
    long bytes = encodedLength();
    length(2, 1, bytes);
    session.say(Kind.RELEASE, 1);
    session.writer.frame(Kind.RELEASE, 0, 1, 1, new byte[0]);
    length(3, 1, bytes);
    hears("OK 2/0");
    assertThat(session.heard).contains("RELEASE 1", "SKIPPED 3/0");
  }

  @Test
  void managerThatComesBackKeepsNothingAndSaysSo() throws IOException {
    long bytes = encodedLength();
    session.close();
    session = interchange.welcome(true);
    session.until("the result again", () -> session.heard.contains("OK 1/0"));
    length(2, 1, bytes);
    hears("SKIPPED 2/0");
    assertThat(session.heard).contains("RELEASE 1");
  }
}
