package fonio.engine;

import fonio.blocks.JobStatus;
import fonio.blocks.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The jobs of a durable run's blocks: one that an engine before this has asked for, and that waits
 * or runs, is taken over instead of asking for another.
 */
final class KeptJobs implements Jobs {
  private static final Set<String> OF_ONE_ENGINE = Set.of("local", "ssh");

  private final Jobs jobs;
  private final Path file;
  private final Map<String, String> former;

  private KeptJobs(Jobs jobs, Path file, Map<String, String> former) {
    this.jobs = jobs;
    this.file = file;
    this.former = former;
  }

  /** Whether the jobs of a provider may outlive an engine. */
  static boolean outlive(String provider) {
    return !OF_ONE_ENGINE.contains(provider);
  }

  /**
   * The jobs themselves when the run has no journal from which another engine may start, or when
   * its provider is one whose jobs end with the engine.
   */
  static Jobs of(Path run, String label, String provider, Jobs jobs) {
    return outlive(provider) && Files.isDirectory(run.resolve(RecoveredRun.FOLDER))
        ? open(run.resolve(label + ".jobs"), jobs)
        : jobs;
  }

  private static KeptJobs open(Path file, Jobs jobs) {
    Map<String, String> former = new HashMap<>();
    try {
      if (Files.exists(file)) {
        for (String line : whole(file).lines().toList()) {
          int cut = line.indexOf('=');
          if (cut > 0) {
            former.put(line.substring(0, cut), line.substring(cut + 1));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the jobs of former blocks cannot be read from %s: %s; make it readable, or remove it to ask for new ones"
              .formatted(file, e.getMessage()),
          e);
    }
    return new KeptJobs(jobs, file, former);
  }

  /** The file's whole lines; one that was not written to its end may name somebody else's job. */
  private static String whole(Path file) throws IOException {
    String text = Files.readString(file);
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    if (lines.length() < text.length()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(lines.getBytes(StandardCharsets.UTF_8).length);
      }
    }
    return lines;
  }

  @Override
  public String submit(String block) {
    String job = former.remove(block);
    return job != null && isAlive(job) ? job : asked(block);
  }

  private boolean isAlive(String job) {
    JobStatus status = jobs.status(List.of(job)).get(job);
    return status != null && !status.state().isEnded();
  }

  private String asked(String block) {
    String job = jobs.submit(block);
    try {
      Files.writeString(
          file, block + "=" + job + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println(
          "fonio engine: job " + job + " is not noted in " + file + " and cannot be kept: " + e);
    }
    return job;
  }

  @Override
  public Map<String, JobStatus> status(List<String> of) {
    return jobs.status(of);
  }

  @Override
  public void cancel(List<String> of) {
    jobs.cancel(of);
  }

  @Override
  public Duration statusPeriod() {
    return jobs.statusPeriod();
  }
}
