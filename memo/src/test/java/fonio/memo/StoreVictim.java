package fonio.memo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A process that keeps results, says so when a hundred are durable, and goes on until killed. */
final class StoreVictim {
  private StoreVictim() {}

  public static void main(String[] args) throws InterruptedException {
    Semaphore answers = new Semaphore(0);
    Store store =
        new Store(
            Path.of(args[0]),
            new Commits(Commits.Mode.EACH, Duration.ZERO),
            answers::release,
            System.err::println);
    int number = 0;
    while (true) {
      for (int i = 0; i < 100; i++) {
        byte[] key = ("key" + number++).getBytes(StandardCharsets.UTF_8);
        store.keep(key, "f", "value".getBytes(StandardCharsets.UTF_8));
      }
      store.lookUp(number, "key0".getBytes(StandardCharsets.UTF_8));
      answers.acquire();
      store.poll((ticket, payload) -> {
        if (payload.isPresent()) {
          System.out.println("durable");
        }
      });
    }
  }
}
