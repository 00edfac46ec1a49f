package fonio.engine;

import fonio.api.DirectExecutor;
import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import fonio.transport.RingFile;
import fonio.worker.ClassPath;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a run in this JVM starts its worker processes: with its own Java and its own classes. */
record JavaWorkers(
    Path folder, Path spill, String token, String classPath, String digest, IntSupplier makers) {
  private static final long CREDIT_NANOS = 1_000_000;

  /** A JVM takes one choice of a collector only. */
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  static JavaWorkers of(Path folder, Path spill, String token, IntSupplier makers) {
    String own = ClassPath.own();
    return new JavaWorkers(folder, spill, token, own, ClassPath.digest(own), makers);
  }

  PoolConfig pool(DirectExecutor executor, int lane) {
    return new PoolConfig(
        executor.label(),
        executor.workers(),
        command(executor),
        executor.environment(),
        Map.of("session", "1", "segments", folder.toString(), "spill", spill.toString()),
        executor.workingDirectory().orElse(Path.of("")).toAbsolutePath(),
        folder.resolve("logs"),
        folder,
        folder.resolve("workers-" + lane + ".sock"),
        token,
        "java",
        digest,
        RingFile.DEFAULT_CAPACITY,
        makers,
        CREDIT_NANOS,
        executor.maxTasksPerChild().orElse(0),
        executor.cpuAffinity().orElse("none"),
        Placement.named("least_loaded"),
        false);
  }

  private List<String> command(DirectExecutor executor) {
    List<String> options = executor.jvmOptions();
    String classes = executor.workingDirectory().isPresent() ? absolute(classPath) : classPath;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (options.stream().noneMatch(option -> COLLECTOR.matcher(option).matches())) {
      command.add("-XX:+UseSerialGC");
    }
    command.add("-XX:-UsePerfData");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classes, "fonio.worker.WorkerMain"));
    return command;
  }

  /** A class path that means the same in another working directory. */
  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, 0))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
