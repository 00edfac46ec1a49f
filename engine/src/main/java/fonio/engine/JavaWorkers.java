package fonio.engine;

import fonio.api.BlockExecutorConfig;
import fonio.api.DirectExecutor;
import fonio.pool.Placement;
import fonio.pool.PoolConfig;
import fonio.transport.RingFile;
import fonio.worker.ClassPath;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a run in this JVM starts its worker processes: with its own Java and its own classes. */
record JavaWorkers(
    Path folder, Path spill, String token, String classPath, String digest, IntSupplier makers) {
  /** The codec of their payloads. */
  static final String CODEC = "java";

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
        command(
            executor.jvmOptions(),
            executor.workingDirectory().isPresent() ? absolute(classPath) : classPath),
        executor.environment(),
        Map.of("session", "1", "segments", folder.toString(), "spill", spill.toString()),
        executor.workingDirectory().orElse(Path.of("")).toAbsolutePath(),
        folder.resolve("logs"),
        folder,
        folder.resolve("workers-" + lane + ".sock"),
        token,
        CODEC,
        digest,
        RingFile.DEFAULT_CAPACITY,
        makers,
        CREDIT_NANOS,
        executor.maxTasksPerChild().orElse(0),
        executor.cpuAffinity().orElse("none"),
        Placement.named("least_loaded"),
        false);
  }

  /** How managers of an executor of blocks start them, on whatever node. */
  HtexPlan plan(BlockExecutorConfig executor, JavaRunFolder run, Scaling scaling) {
    ExecutorKeys keys = new ExecutorKeys(executor.label(), executor.keys());
    String classes = absolute(classPath);
    Map<String, String> told =
        NodeOrders.of(keys, run.path(), command(executor.managers().jvmOptions(), classes));
    told.put("codec", CODEC);
    told.put("digest", digest);
    told.put("cwd", Path.of("").toAbsolutePath().toString());
    return new HtexPlan(
        keys,
        run.path(),
        token,
        CODEC,
        told,
        classes,
        scaling,
        new RunLog(run.path().resolve("blocks.log")));
  }

  /** What managers are told of workers that have this process's classes and no run. */
  static Map<String, String> bare() {
    Map<String, String> told = new LinkedHashMap<>();
    List<String> words = command(List.of(), absolute(ClassPath.own()));
    for (int n = 0; n < words.size(); n++) {
      told.put("command." + n, words.get(n));
    }
    told.put("codec", CODEC);
    told.put("cwd", Path.of("").toAbsolutePath().toString());
    return told;
  }

  private static List<String> command(List<String> options, String classes) {
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
