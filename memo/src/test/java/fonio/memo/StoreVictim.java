package fonio.memo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A process that keeps results, says so when a hundred are durable, and goes on until killed. */
final class StoreVictim {
  private StoreVictim() {}

  private static Store open(String file, Semaphore answers) {
    return new Store(
        Path.of(file),
        new Commits(Commits.Mode.EACH, Duration.ZERO),
        answers::release,
        System.err::println);
  }

  public static void main(String[] args) throws InterruptedException {
    Semaphore answers = new Semaphore(0);
    Store store = open(args[0], answers);
    Store reader = open(args[0], answers);
    int number = 0;
    while (true) {
      for (int i = 0; i < 100; i++) {
        byte[] key = ("key" + number++).getBytes(StandardCharsets.UTF_8);
        store.keep(key, "f", "value".getBytes(StandardCharsets.UTF_8));
      }
      reader.lookUp(number, "key99".getBytes(StandardCharsets.UTF_8));
      answers.acquire();
      reader.poll((ticket, payload) -> {
        if (payload.isPresent()) {
          System.out.println("durable");
        }
      });
    }
  }
}
