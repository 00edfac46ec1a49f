package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import fonio.transport.RingFile;
import fonio.worker.ClassPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** How a run in this JVM starts its worker processes: with its own Java and its own classes. */
record JavaWorkers(
    Path folder, Path spill, String token, String classPath, String digest, IntSupplier makers) {
  private static final long CREDIT_NANOS = 1_000_000;

  static JavaWorkers of(Path folder, Path spill, String token, IntSupplier makers) {
    String own = ClassPath.own();
    return new JavaWorkers(folder, spill, token, own, ClassPath.digest(own), makers);
  }

  PoolConfig pool(DirectExecutor executor, int lane) {
    return new PoolConfig(
        executor.label(),
        executor.workers(),
        command(),
        Map.of(),
        Map.of("session", "1", "segments", folder.toString(), "spill", spill.toString()),
        Path.of("").toAbsolutePath(),
        folder.resolve("logs"),
        folder,
        folder.resolve("workers-" + lane + ".sock"),
        token,
        "java",
        digest,
        RingFile.DEFAULT_CAPACITY,
        makers,
        CREDIT_NANOS,
        0,
        "none",
        Placement.named("least_loaded"),
        false);
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        "fonio.worker.WorkerMain");
  }
}
