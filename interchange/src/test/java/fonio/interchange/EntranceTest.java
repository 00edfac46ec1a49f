package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Greeting;
import fonio.wire.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who does not come in is told why, and harms none of those who are in. */
class EntranceTest {
  private Star star;
  private ScriptedManager inside;
  private ScriptedManager guest;

  @BeforeEach
  void start() throws IOException {
    star = new Star();
    guest = star.connect("guest");
    inside = star.join("inside", 1, 4);
    star.send(1, 0, 1, 2);
    star.settle(inside);
    assertThat(inside.take()).containsExactly("FUNCTION 1", "CLASS 1", "TASKS 1/0 2/0");
  }

  @AfterEach
  void close() {
    star.close();
  }

  /** The guest is told this, and the manager that is in is told nothing and keeps its tasks. */
  private void isRefused(String why) {
    star.until("the guest is turned away", () -> guest.gone);
    assertThat(guest.take()).singleElement().asString().startsWith("REFUSED ").contains(why);
    assertThat(star.told.take())
        .singleElement()
        .asString()
        .startsWith("said a connection from ")
        .contains(why);
    insideIsUnharmed();
  }

  private void insideIsUnharmed() {
    inside.answer(0, 0, 1, 2);
    star.settle(inside);
    assertThat(star.told.take()).containsExactly("OK 1/0", "OK 2/0");
    assertThat(inside.take()).isEmpty();
    assertThat(inside.acknowledged).isEqualTo(1);
    assertThat(star.interchange.managers().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "token, 00000000000000000000000000000000, its token is not that of this run",
    "role, worker, role=worker does not connect here",
    "name, ' ', a manager needs a name",
    "pid, -4, pid=-4 is not the number of a process",
    "pid, twelve, pid=twelve is not the number of a process",
    "codec, java, 'the manager''s codec is java, this run''s is python-'"
  })
  void entryThatCannotBeUsedIsRefused(String key, String value, String why) {
    Map<String, String> entries = guest.entries();
    entries.put(key, value);
    guest.hello(entries);
    isRefused(why);
  }

  @ParameterizedTest
  @CsvSource({"token", "role", "name"})
  void entryThatIsMissingIsNamed(String key) {
    Map<String, String> entries = guest.entries();
    entries.remove(key);
    guest.hello(entries);
    isRefused("lacks '" + key + "'");
  }

  @Test
  void anotherVersionIsRefusedWithBothVersions() {
    guest.hello(new Greeting(2, guest.entries()));
    isRefused("this side speaks version 1 of Fonio's protocol, the other speaks version 2");
  }

  @Test
  void firstFrameThatIsNoHelloIsRefused() {
    guest.capacity(Map.of("workers", "4"));
    isRefused("the first frame is CAPACITY, not HELLO");
  }

  @Test
  void randomBytesAreRefused() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[64];
      random.nextBytes(bytes);
      bytes[4] = (byte) (100 + i);
      guest = star.connect("guest");
      guest.out.put(bytes, 0, bytes.length);
      star.until("the guest is turned away", () -> guest.gone);
    }
    assertThat(star.told.take()).hasSize(20).allMatch(line -> line.contains("no frame of kind"));
    insideIsUnharmed();
  }

  @Test
  void frameOfMoreThan256MebibytesIsRefusedByItsHeader() {
    header((256 << 20) + 1);
    isRefused("its length is 268435457 bytes, the most is 268435456");
  }

  @Test
  void helloThatDoesNotEndIsRefusedBeforeItTakesMemory() {
    header(256 << 20);
    byte[] bytes = new byte[1 << 17];
    guest.out.put(bytes, 0, bytes.length);
    star.until("the guest is turned away", () -> guest.gone);
    assertThat(star.told.take())
        .singleElement()
        .asString()
        .contains("its HELLO has more than 65536 bytes");
    insideIsUnharmed();
  }

  private void header(int length) {
    guest.out.putInt(length);
    guest.out.putInt(Kind.HELLO);
    guest.out.putInt(0);
    guest.out.putInt(0);
  }

  @Test
  void whoSaysNothingFor10SecondsIsRefused() {
    star.pass(Duration.ofSeconds(9));
    inside.say(Kind.BEAT, 0);
    star.settle(inside);
    assertThat(guest.gone).isFalse();
    star.pass(Duration.ofSeconds(2));
    isRefused("it said no HELLO within 10 s");
  }

  @Test
  void whoLeavesBeforeItsHelloIsNotMentioned() {
    star.turn();
    guest.close();
    star.settle(inside);
    assertThat(star.told.take()).isEmpty();
    insideIsUnharmed();
  }

  @Test
  void helloInPiecesIsWelcomedWithWhatManagersAreTold() {
    guest.hello(guest.entries());
    byte[] all =
        java.util.Arrays.copyOfRange(guest.out.array(), guest.out.head(), guest.out.tail());
    guest.out.clear();
    for (byte one : all) {
      guest.out.putByte(one);
      star.turn();
    }
    star.until("welcome", () -> !guest.welcome.isEmpty());
    assertThat(guest.welcome)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("cwd", "/somewhere", "beat_ms", "5000", "lost_ms", "15000", "resumed", "0"));
    star.settle(guest, inside);
    assertThat(guest.take()).containsExactly("WELCOME");
    assertThat(star.told.take()).isEmpty();
    assertThat(star.interchange.managers().views().getLast().text())
        .isEqualTo("host node7, pid 12, block none, 0 workers, has 0, answered 0");
  }

  @Test
  void guestThatResumesWhatNobodyRemembersBeginsAnew() throws IOException {
    ScriptedManager stranger = star.comeBack("stranger");
    assertThat(stranger.welcome).containsEntry("resumed", "0");
    star.settle(stranger);
    assertThat(star.told.take()).isEqualTo(List.of());
  }
}
