package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreeterTest {
  private static final Greeting HELLO = Greeting.of(Map.of("role", "worker", "worker", "3"));
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** A listener's side of one greeting: takes the first frame, then answers. */
  private CompletableFuture<Greeting> listen(BiConsumer<SocketLink, FrameWriter> answer) {
    Listener listener = Listener.open(folder.resolve("s"));
    return CompletableFuture.supplyAsync(() -> {
      try (listener;
          LinkSet links = LinkSet.open()) {
        links.add(listener);
        Optional<SocketChannel> peer = listener.accept();
        while (peer.isEmpty()) {
          links.await(1_000_000_000L);
          peer = listener.accept();
        }
        return greeted(new SocketLink(peer.get()), links, answer);
      }
    });
  }

  private static Greeting greeted(
      SocketLink link, LinkSet links, BiConsumer<SocketLink, FrameWriter> answer) {
    ByteQueue queue = new ByteQueue();
    FrameView frame = new FrameView();
    links.add(link);
    while (!frame.next(queue)) {
      links.await(1_000_000_000L);
      link.read(queue);
    }
    Greeting hello = Greeting.decode(frame);
    ByteQueue out = new ByteQueue();
    answer.accept(link, new FrameWriter(out));
    link.write(out);
    return hello;
  }

  private Greeter.Welcomed connect(Duration timeout) {
    return Greeter.connect(folder.resolve("s"), HELLO, timeout);
  }

  @Test
  void welcomeIsReadAndNothingBehindIt() throws Exception {
    CompletableFuture<Greeting> hello =
        listen((link, writer) -> {
          writer.frame(Kind.WELCOME, 0, 0, 0, Greeting.of(Map.of("maker", "4")).encode());
          writer.frame(Kind.CLOSE, 0, 0, 0, new byte[0]);
        });

    Greeter.Welcomed welcomed = connect(LONG);

    assertThat(hello.get().entries()).containsAllEntriesOf(HELLO.entries());
    assertThat(welcomed.welcome().required("maker")).isEqualTo("4");
    ByteQueue queue = new ByteQueue();
    try (SocketLink link = new SocketLink(welcomed.channel())) {
      FrameView frame = new FrameView();
      while (!frame.next(queue)) {
        assertThat(link.read(queue)).isNotNegative();
      }
      assertThat(frame.kind()).isEqualTo(Kind.CLOSE);
    }
  }

  @Test
  void refusalIsToldInTheListenersWords() {
    CompletableFuture<Greeting> hello =
        listen((link, writer) ->
            writer.frame(Kind.REFUSED, 0, 0, 0, "wrong token".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(RefusedException.class)
        .hasMessage("wrong token");
    assertThat(hello).succeedsWithin(LONG);
  }

  @Test
  void anotherVersionIsRefusedWithBothVersions() {
    CompletableFuture<Greeting> hello =
        listen((link, writer) ->
            writer.frame(Kind.WELCOME, 0, 0, 0, new Greeting(9, Map.of()).encode()));

    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 1")
        .hasMessageContaining("version 9");
    assertThat(hello).succeedsWithin(LONG);
  }

  @Test
  void listenerThatClosesIsNamed() {
    CompletableFuture<Greeting> hello = listen((link, writer) -> link.close());

    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("closed the connection instead of answering HELLO");
    assertThat(hello).succeedsWithin(LONG);
  }

  @Test
  void listenerThatIsSilentIsNamed() {
    try (Listener silent = Listener.open(folder.resolve("s"))) {
      assertThat(silent.accept()).isEmpty();

      assertThatThrownBy(() -> connect(Duration.ofMillis(30)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("silent for 30 ms");
    }
  }

  @Test
  void nobodyListeningIsNamed() {
    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.resolve("s").toString());
  }
}
