package fonio.providers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a process writes, read to its end by a thread of its own so that no pipe fills up. */
final class Drain {
  /** A child that the command left behind may hold the pipe open: its words are not waited for. */
  private static final Duration LEAST_WAIT = Duration.ofMillis(100);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Thread reader;

  private Drain(InputStream in) {
    reader = Thread.ofVirtual().unstarted(() -> read(in));
  }

  static Drain of(InputStream in) {
    Drain drain = new Drain(in);
    drain.reader.start();
    return drain;
  }

  private void read(InputStream in) {
    try (in) {
      in.transferTo(bytes);
    } catch (IOException e) {
      // The process was killed: what came until then is all there is.
    }
  }

  /** All of it, once the stream has ended or the wait is over. */
  String whole(Duration longest) throws InterruptedException {
    reader.join(longest.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : longest);
    return soFar();
  }

  /** What has come until now. */
  String soFar() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
