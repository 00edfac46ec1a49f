package fonio.pool;

import fonio.wire.Kind;
import fonio.wire.Lines;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tells workers what their tasks have of the node; a Java worker is pinned to its cores here. */
final class Allotting {
  private static final Path PROC = Path.of("/proc");

  private final Traffic traffic;
  private final String affinity;
  private final int workers;
  private final boolean pins;

  Allotting(PoolConfig config, Traffic traffic) {
    this.traffic = traffic;
    this.affinity = config.affinity();
    this.workers = config.workers();
    this.pins = config.codec().startsWith("java");
  }

  void tell(Worker worker, Map<String, String> lines) {
    if (!worker.isReady()) {
      return;
    }
    worker.writer.frame(Kind.ALLOT, 0, 0, 0, Lines.encode(lines));
    traffic.flush(worker);
    if (pins) {
      pin(worker, lines.getOrDefault("cores", ""));
    }
  }

  /** Pins all threads; those to come have the cores of their makers. */
  private void pin(Worker worker, String cores) {
    List<Integer> mine = cores.isEmpty() ? own(worker) : numbers(cores);
    String[] threads = PROC.resolve(worker.pid + "/task").toFile().list();
    if (threads != null) {
      Arrays.stream(threads).forEach(thread -> Processes.pin(Integer.parseInt(thread), mine));
    }
  }

  private List<Integer> own(Worker worker) {
    List<Integer> allowed = Processes.allowedCores();
    if (worker.index >= workers) {
      return allowed;
    }
    List<Integer> own = Affinity.cores(affinity, worker.index, workers, allowed);
    return own.isEmpty() ? allowed : own;
  }

  private static List<Integer> numbers(String cores) {
    return Arrays.stream(cores.split(",", -1)).map(Integer::valueOf).toList();
  }
}
