package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.TcpLink;
import fonio.transport.TlsIdentity;
import fonio.wire.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interchange that encrypts lets nobody in who has not the certificate of its run. */
class InterchangeTlsTest {
  @TempDir static Path keys;
  private static TlsIdentity run;
  private static TlsIdentity other;

  @BeforeAll
  static void makeKeys() throws IOException {
    TlsIdentity.create(keys.resolve("run.p12"), Star.TOKEN);
    TlsIdentity.create(keys.resolve("other.p12"), Star.TOKEN);
    run = TlsIdentity.load(keys.resolve("run.p12"), Star.TOKEN);
    other = TlsIdentity.load(keys.resolve("other.p12"), Star.TOKEN);
  }

  private static ScriptedManager connect(Star star, TlsIdentity identity) throws IOException {
    ScriptedManager manager =
        star.connect("a", channel -> TcpLink.encrypted(channel, identity.client()));
    manager.hello(manager.entries());
    return manager;
  }

  @Test
  void managerWithTheCertificateGetsTasks() throws IOException {
    try (Star star = new Star(Selection.byBlock(), Optional.of(run))) {
      ScriptedManager manager = connect(star, run);
      star.until("welcome", () -> !manager.welcome.isEmpty());
      manager.capacity(Map.of("workers", "1", "window", "1"));
      star.settle(manager);
      star.send(1, 0, 1);
      manager.answer(Status.OK, 0, 1);
      star.settle(manager);
      assertThat(star.told.take()).containsExactly("joined a 1", "OK 1/0");
      assertThat(manager.take()).containsExactly("WELCOME", "FUNCTION 1", "CLASS 1", "TASKS 1/0");
      assertThat(manager.acknowledged).isEqualTo(1);
    }
  }

  @Test
  void managerWithAnotherCertificateHearsNothingAlthoughItKnowsTheToken() throws IOException {
    try (Star star = new Star(Selection.byBlock(), Optional.of(run))) {
      isTurnedAway(star, connect(star, other));
    }
  }

  @Test
  void managerThatSpeaksInClearHearsNothingAlthoughItKnowsTheToken() throws IOException {
    try (Star star = new Star(Selection.byBlock(), Optional.of(run))) {
      ScriptedManager manager = star.connect("a");
      manager.hello(manager.entries());
      isTurnedAway(star, manager);
    }
  }

  private static void isTurnedAway(Star star, ScriptedManager manager) throws IOException {
    star.until("it is turned away", () -> star.told.hears("said a connection from"));
    assertThat(star.told.take()).hasSize(1);
    assertThat(manager.take()).isEmpty();
    assertThat(star.interchange.managers().count()).isZero();
  }
}
