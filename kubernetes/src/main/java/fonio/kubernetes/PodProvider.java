package fonio.kubernetes;

import fonio.providers.BlockOrder;
import fonio.providers.JobState;
import fonio.providers.JobStatus;
import fonio.providers.Latest;
import fonio.providers.Provider;
import fonio.providers.ProviderException;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of pods, one for each node.
 *
 * <p>How a block ended is remembered for a while, and its pods are deleted once their last words
 * are read; nothing else of it is kept.
 */
final class PodProvider implements Provider {
  private static final int MISSING_KEPT = 1024;

  private final PodSettings settings;
  private final Cluster cluster;
  private final Consumer<String> log;
  private final LongSupplier nanoClock;
  private final Patience patience = new Patience(Patience.USUAL);
  private final Leftovers leftovers;
  private final Map<String, OwnBlock> blocks = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Latest<JobStatus> ended = new Latest<>(Latest.ENDS);

  /** Blocks that the cluster did not know. */
  private final Latest<OwnBlock> missing = new Latest<>(MISSING_KEPT);

  private String trouble = "";

  PodProvider(PodSettings settings, Cluster cluster, Consumer<String> log, LongSupplier nanoClock) {
    this.settings = settings;
    this.cluster = cluster;
    this.log = log;
    this.nanoClock = nanoClock;
    this.leftovers = new Leftovers(cluster, settings.access(), log);
  }

  @Override
  public String submit(BlockOrder block) {
    PodNames names = PodNames.of(settings.podName(), block);
    OwnBlock own = OwnBlock.of(names, block);
    leftovers.bring(names, block.baggage().secrets());
    PodManifest manifest = new PodManifest(settings);
    try {
      names.pods().forEach(pod -> cluster.make(manifest.pod(pod, names, block.command())));
    } catch (ProviderException e) {
      discard(names);
      throw e;
    }
    blocks.put(names.job(), own);
    log.accept("block %s: pods %s".formatted(block.name(), String.join(" ", names.pods())));
    return names.job();
  }

  @Override
  public Map<String, JobStatus> status(List<String> jobs) {
    Map<String, JobStatus> all = new LinkedHashMap<>();
    Map<String, OwnBlock> open = new LinkedHashMap<>();
    for (String job : jobs) {
      JobStatus end = ended.get(job);
      OwnBlock own = own(job);
      all.put(job, end == null ? nothing("nobody asked for it, or long ago") : end);
      if (end == null && own != null) {
        open.put(job, own);
      }
    }
    if (open.isEmpty()) {
      return all;
    }
    Map<String, Sight> seen;
    try {
      seen = look(open.values().iterator().next().names().owner());
      trouble = "";
    } catch (ProviderException e) {
      complain(words(e));
      open.keySet().forEach(job -> all.put(job, status(Sight.of(JobState.UNKNOWN, words(e)))));
      return all;
    }
    open.forEach((job, own) -> all.put(job, judge(job, own, seen)));
    return all;
  }

  /** Says what is wrong with the API, once as long as it stays the same. */
  private void complain(String words) {
    if (!words.equals(trouble)) {
      trouble = words;
      log.accept(words);
    }
  }

  private @Nullable OwnBlock own(String job) {
    return blocks.containsKey(job) ? blocks.get(job) : missing.get(job);
  }

  /** Of how many blocks something is kept. */
  int kept() {
    return blocks.size() + cancelled.size() + missing.size() + ended.size();
  }

  /** All pods, by one call. */
  private Map<String, Sight> look(Map<String, String> labels) {
    long now = nanoClock.getAsLong();
    return cluster.pods(labels).stream()
        .collect(
            Collectors.toMap(
                pod -> pod.getMetadata().getName(),
                pod -> patience.judge(name(pod), PodReading.of(pod), now)));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private JobStatus judge(String job, OwnBlock own, Map<String, Sight> seen) {
    PodNames names = own.names();
    Sight sight = BlockReading.of(names.pods(), seen);
    if (sight.state() == JobState.MISSING && cancelled.contains(job)) {
      names.pods().forEach(patience::forget);
      return remembered(job, own.ended(JobState.CANCELLED, sight));
    }
    if (sight.state() == JobState.MISSING) {
      names.pods().forEach(patience::forget);
      blocks.remove(job);
      missing.put(job, own);
      return status(sight);
    }
    if (!sight.state().isEnded()) {
      return status(sight);
    }
    String said =
        names.pods().stream()
            .filter(pod -> seen.containsKey(pod) && !seen.get(pod).stuck())
            .map(this::lastWords)
            .filter(text -> !text.isBlank())
            .distinct()
            .collect(Collectors.joining("\n"));
    discard(names);
    return remembered(job, own.ended(sight, said));
  }

  private JobStatus remembered(String job, JobStatus end) {
    blocks.remove(job);
    missing.remove(job);
    cancelled.remove(job);
    ended.put(job, end);
    return end;
  }

  private String lastWords(String pod) {
    try {
      return cluster.log(pod);
    } catch (ProviderException e) {
      return words(e);
    }
  }

  /**
   * Deletes the pods of a block that nobody needs any more; what is left is tried again at the end.
   */
  private void discard(PodNames names) {
    try {
      names
          .pods()
          .forEach(pod -> {
            patience.forget(pod);
            cluster.deletePod(pod);
          });
    } catch (ProviderException e) {
      log.accept(words(e));
    }
  }

  @Override
  public void cancel(List<String> jobs) {
    List<String> refused = new ArrayList<>();
    for (String job : jobs) {
      OwnBlock own = own(job);
      if (own != null) {
        try {
          own.names().pods().forEach(cluster::deletePod);
          cancelled.add(job);
        } catch (ProviderException e) {
          refused.add(words(e));
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new ProviderException(String.join("; ", refused));
    }
  }

  private static JobStatus nothing(String why) {
    return status(Sight.of(JobState.MISSING, why));
  }

  private static JobStatus status(Sight seen) {
    return new JobStatus(seen.state(), seen.reason(), OptionalInt.empty(), "", "");
  }

  private static String words(ProviderException e) {
    return String.valueOf(e.getMessage());
  }

  @Override
  public Duration statusPeriod() {
    return settings.statusPeriod();
  }

  @Override
  public void close() {
    leftovers.remove();
    cluster.close();
  }
}
