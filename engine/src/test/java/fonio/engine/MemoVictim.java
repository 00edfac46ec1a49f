package fonio.engine;

import fonio.api.App1;
import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A program that says so when its cached calls are on disk, and then ends or waits to be killed.
 */
final class MemoVictim {
  static final int CALLS = 50;

  private MemoVictim() {}

  public static void main(String[] args) throws InterruptedException {
    String calls = args[1];
    Config config =
        Config.builder()
            .executors(new ThreadPoolExecutor("threads", 1))
            .runDir(Path.of(args[0]))
            .checkpointMode(CheckpointMode.MANUAL)
            .build();
    try (Engine engine = Fonio.start(config)) {
      App1<Integer, Integer> noted =
          engine.app((Integer n) -> noted(calls, n)).with(Options.cached());
      List<TaskFuture<Integer>> futures = IntStream.range(0, CALLS).mapToObj(noted::call).toList();
      futures.forEach(TaskFuture::join);
      engine.checkpoint();
      System.out.println("durable");
      if (args[2].equals("wait")) {
        new CountDownLatch(1).await();
      }
    }
  }

  static int noted(String file, int n) throws IOException {
    Files.writeString(
        Path.of(file), n + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return -n;
  }
}
