package fonio.pool;

import fonio.transport.NoSpaceException;
import fonio.transport.RingFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Starts the process of a slot: ring file, command line, environment, cores. */
final class Launch implements AutoCloseable {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private final PoolConfig config;
  private final List<List<Integer>> cores;
  private final Spawner spawner;
  private final boolean hasSetpriv = Files.isExecutable(SETPRIV);

  Launch(PoolConfig config) {
    this.config = config;
    List<Integer> allowed = config.affinity().equals("none") ? List.of() : Processes.allowedCores();
    this.cores =
        IntStream.range(0, config.workers())
            .mapToObj(w -> Affinity.cores(config.affinity(), w, config.workers(), allowed))
            .toList();
    try {
      Files.createDirectories(config.logs());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder of the workers' logs, "
              + config.logs()
              + ", cannot be made; make the folder above it writable",
          e);
    }
    this.spawner = new Spawner();
  }

  Worker slot(int index) {
    String name = config.label() + "-w" + index;
    return new Worker(index, name, new LogTail(file(name, "out")), new LogTail(file(name, "err")));
  }

  void start(Worker worker) {
    worker.out.begin();
    worker.err.begin();
    try {
      worker.file = RingFile.create(ring(worker), config.ringCapacity());
    } catch (NoSpaceException | UncheckedIOException e) {
      throw new SpawnException("worker " + worker.name + " gets no rings: " + e.getMessage());
    }
    worker.pid =
        spawner.start(
            new Spawner.Plan(
                command(worker),
                environment(worker),
                config.workingDirectory(),
                file(worker.name, "out"),
                file(worker.name, "err"),
                cores(worker)));
  }

  /** Frees what a process that is gone has left. */
  void forget(Worker worker) {
    RingFile file = worker.file;
    if (file != null) {
      file.unlink();
      file.close();
      worker.file = null;
    }
  }

  private List<String> command(Worker worker) {
    List<String> command = new ArrayList<>();
    if (hasSetpriv) {
      command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    command.addAll(config.command());
    command.add(config.socket().toString());
    command.add(config.segments().toString());
    command.add(Integer.toString(worker.index));
    command.add(Integer.toString(worker.generation));
    command.add(Integer.toString(config.ringCapacity()));
    command.add(config.token());
    command.add(Long.toString(ProcessHandle.current().pid()));
    return command;
  }

  private Map<String, String> environment(Worker worker) {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.putAll(config.environment());
    if (worker.index < config.environments().size()) {
      environment.putAll(config.environments().get(worker.index));
    }
    environment.put("FONIO_WORKER", worker.name);
    int many = cores(worker).size();
    if (many > 0) {
      environment.putIfAbsent("OMP_NUM_THREADS", Integer.toString(many));
    }
    return environment;
  }

  /** Its cores; empty for all. */
  private List<Integer> cores(Worker worker) {
    return worker.index < cores.size() ? cores.get(worker.index) : List.of();
  }

  private Path ring(Worker worker) {
    return config.segments().resolve("worker-" + worker.index + "-" + worker.generation + ".ring");
  }

  private Path file(String name, String suffix) {
    return config.logs().resolve(name + "." + suffix);
  }

  @Override
  public void close() {
    spawner.close();
  }
}
