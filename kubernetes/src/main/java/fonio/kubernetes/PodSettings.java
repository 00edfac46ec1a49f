package fonio.kubernetes;

import fonio.providers.Keys;
import fonio.providers.ProviderSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What pods are made of, and where.
 *
 * @param requests what a pod has at least, by the names of resources
 * @param limits what a pod has at most
 * @param podName what names of pods begin with
 * @param pullSecret by which the image is pulled
 * @param volumes by the names of their claims, where they are mounted
 * @param workerInit shell text that runs before the manager
 * @param access how the API server is reached
 * @param statusPeriod how often pods may be listed
 */
record PodSettings(
    String image,
    Map<String, String> requests,
    Map<String, String> limits,
    String podName,
    OptionalLong userId,
    OptionalLong groupId,
    boolean runAsNonRoot,
    Optional<String> pullSecret,
    List<ClaimMount> volumes,
    Optional<String> serviceAccountName,
    Map<String, String> annotations,
    String workerInit,
    ClusterAccess access,
    Duration statusPeriod) {
  private static final String MEMORY = "memory";

  private static final Set<String> KEYS =
      Set.of(
          "image",
          "namespace",
          "max_cpu",
          "max_mem",
          "init_cpu",
          "init_mem",
          "extra_requests",
          "extra_limits",
          "pod_name",
          "user_id",
          "group_id",
          "run_as_non_root",
          "secret",
          "persistent_volumes",
          "service_account_name",
          "annotations",
          "kubeconfig",
          "context");

  /** A claim, and where a pod finds it. */
  record ClaimMount(String claim, String path) {}

  static PodSettings of(ProviderSettings settings) {
    Keys keys = Keys.of(settings, KEYS);
    return new PodSettings(
        keys.word("image")
            .orElseThrow(() -> keys.bad("image", "", "give the container image of the pods")),
        resources(keys, "init_cpu", "1", "init_mem", "250Mi", "extra_requests"),
        resources(keys, "max_cpu", "2", "max_mem", "500Mi", "extra_limits"),
        podName(keys),
        number(keys, "user_id"),
        number(keys, "group_id"),
        keys.flag("run_as_non_root", false),
        keys.word("secret"),
        keys.list("persistent_volumes").stream().map(line -> mount(keys, line)).toList(),
        keys.word("service_account_name"),
        pairs(keys, "annotations"),
        keys.lines("worker_init"),
        ClusterAccess.of(keys),
        keys.seconds("status_polling_interval", "5"));
  }

  private static Map<String, String> resources(
      Keys keys, String cpu, String cores, String memory, String bytes, String more) {
    Map<String, String> amounts = new LinkedHashMap<>();
    amounts.put("cpu", cores(keys, cpu, cores));
    amounts.put(MEMORY, memory(keys, memory, bytes));
    amounts.putAll(pairs(keys, more));
    return amounts;
  }

  /** Cores as the API writes them: no exponent, no zeros at the end. */
  private static String cores(Keys keys, String key, String absent) {
    String value = keys.word(key).orElse(absent);
    try {
      return new BigDecimal(value).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      throw keys.bad(key, value, "it must be a number of cores, such as 1 or 0.5");
    }
  }

  private static String memory(Keys keys, String key, String absent) {
    String value = keys.word(key).orElse(absent);
    try {
      if (bytes(value) > 0) {
        return value;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // said below
    }
    throw keys.bad(key, value, "it must be an amount of memory, such as 500Mi or 4Gi");
  }

  private static long bytes(String amount) {
    return Quantity.getAmountInBytes(new Quantity(amount)).longValue();
  }

  /** How much memory a pod has at most. */
  long memoryBytes() {
    return bytes(limits.getOrDefault(MEMORY, "0"));
  }

  private static String podName(Keys keys) {
    String name = keys.word("pod_name").orElse("fonio");
    if (!name.matches("[a-z]([a-z0-9-]{0,17}[a-z0-9])?")) {
      throw keys.bad(
          "pod_name",
          name,
          "it must be at most 19 small letters, digits and '-', a letter first: names of pods begin with it");
    }
    return name;
  }

  private static OptionalLong number(Keys keys, String key) {
    Optional<String> value = keys.word(key);
    if (value.isPresent() && !value.get().matches("\\d{1,10}")) {
      throw keys.bad(key, value.get(), "it must be a number: pods do not know names of users");
    }
    return value.map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
  }

  private static ClaimMount mount(Keys keys, String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !line.startsWith("/", colon + 1)) {
      throw keys.bad("persistent_volumes", line, "it must be CLAIM:/PATH");
    }
    return new ClaimMount(line.substring(0, colon), line.substring(colon + 1));
  }

  private static Map<String, String> pairs(Keys keys, String key) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : keys.list(key)) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw keys.bad(key, line, "it must be NAME=VALUE");
      }
      pairs.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return pairs;
  }
}
