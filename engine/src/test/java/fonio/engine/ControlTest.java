package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.executors.Lane;
import fonio.testkit.Deadline;
import fonio.transport.LinkSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest extends EngineFixture {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TOKEN = "c0ffee";

  private final LinkSet links = LinkSet.open();
  private final List<String> complaints = new ArrayList<>();
  private Control control = open(Path.of("/nowhere/at/all"));

  private Control open(Path socket) {
    return Control.open(
        socket,
        Map.of("run", "/runs/003", "pid", "17"),
        TOKEN,
        desk(),
        links,
        System::nanoTime,
        complaints::add);
  }

  @Override
  List<Lane> lanes() {
    return List.of(new StillLane());
  }

  @BeforeEach
  void listen() {
    complaints.clear();
    control = open(folder.resolve(ControlClient.SOCKET));
  }

  @AfterEach
  void end() {
    control.close();
    links.close();
  }

  /** What an observer does in a thread of its own, while this one is the engine's loop. */
  private <T> T meanwhile(Supplier<T> observer) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(observer.get());
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
          links.wakeup();
        });
    Deadline deadline = Deadline.in(PATIENCE);
    while (!done.isDone()) {
      deadline.check("the observer");
      links.await(control.doWork() > 0 ? 0 : 1_000_000);
    }
    try {
      return done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private ControlClient connect(String token) {
    return meanwhile(() -> ControlClient.connect(folder, token, PATIENCE));
  }

  @Test
  void anObserverIsToldOfTheRunAndItsTasks() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    exchange();
    try (ControlClient observer = connect(TOKEN)) {
      assertThat(observer.facts()).containsEntry("run", "/runs/003").containsEntry("pid", "17");
      Map<String, String> status = meanwhile(() -> observer.ask("status"));
      assertThat(status)
          .containsEntry("tasks.submitted", "2")
          .containsEntry("tasks.ready", "1")
          .containsEntry("tasks.waiting", "1")
          .containsEntry("executors.0.label", "still")
          .containsEntry("executors.0.ready", "1");
      assertThat(meanwhile(() -> observer.ask("explain 2")))
          .containsEntry("state", "waiting")
          .containsEntry("function", "plain");
    }
  }

  @Test
  void aWrongTokenIsRefusedAndOthersComeIn() {
    assertThatThrownBy(() -> connect("decaf"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("token");
    try (ControlClient observer = connect(TOKEN)) {
      assertThat(meanwhile(() -> observer.ask("account"))).containsEntry("submitted", "0");
    }
  }

  @Test
  void twoObserversGetTheirOwnAnswers() {
    try (ControlClient other = connect(TOKEN)) {
      try (ControlClient one = connect(TOKEN)) {
        assertThat(meanwhile(() -> one.ask("explain 7"))).containsEntry("task", "7");
        assertThat(meanwhile(() -> other.ask("explain 8"))).containsEntry("task", "8");
      }
      assertThat(meanwhile(() -> other.ask("explain 9"))).containsEntry("task", "9");
    }
  }

  @Test
  void randomBytesInsteadOfAGreetingEndThatLinkAlone() throws IOException {
    try (ControlClient observer = connect(TOKEN)) {
      assertThat(sends(new byte[] {1, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}))
          .contains("99");
      assertThat(meanwhile(() -> observer.ask("account"))).containsKey("submitted");
    }
    assertThat(complaints).isEmpty();
  }

  /** What the engine says to bytes before it ends the link. */
  private String sends(byte[] bytes) throws IOException {
    Path socket = folder.resolve(ControlClient.SOCKET);
    try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      peer.write(ByteBuffer.wrap(bytes));
      return meanwhile(() -> rest(peer));
    }
  }

  private static String rest(SocketChannel peer) {
    ByteBuffer all = ByteBuffer.allocate(1 << 16);
    try {
      while (peer.read(all) >= 0) {
        // until its end
      }
    } catch (IOException reset) {
      return "";
    }
    return new String(all.array(), 0, all.position(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void aQuestionThatIsNoneIsAnsweredWithThoseThatAre() {
    try (ControlClient observer = connect(TOKEN)) {
      assertThat(meanwhile(() -> observer.ask("weather")).get("error")).contains("explain N");
      assertThat(meanwhile(() -> observer.ask("explain it")).get("error")).contains("'it'");
    }
  }

  @Test
  void aQuestionThatIsTooLongEndsThatLinkAlone() {
    try (ControlClient observer = connect(TOKEN);
        ControlClient other = connect(TOKEN)) {
      assertThatThrownBy(() -> meanwhile(() -> observer.ask("?".repeat(1 << 17))))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(meanwhile(() -> other.ask("account"))).containsKey("submitted");
    }
  }

  @Test
  void theEndOfTheRunIsAskedForAndSeenByTheEndOfTheLink() {
    try (ControlClient observer = connect(TOKEN)) {
      CompletableFuture<Boolean> ended =
          CompletableFuture.supplyAsync(() -> observer.stop(PATIENCE));
      Deadline deadline = Deadline.in(PATIENCE);
      while (!control.stopAsked()) {
        deadline.check("the wish");
        links.await(control.doWork() > 0 ? 0 : 1_000_000);
      }
      assertThat(ended).isNotDone();
      control.close();
      assertThat(ended.join()).isTrue();
    }
  }

  @Test
  void aRunWithoutASocketSaysSoAndGoesOn() {
    try (Control none = open(Path.of("/nowhere/at/all"))) {
      assertThat(none.doWork()).isZero();
      assertThat(none.stopAsked()).isFalse();
    }
    assertThat(complaints).hasSize(1).first().asString().contains("/nowhere/at/all");
  }
}
