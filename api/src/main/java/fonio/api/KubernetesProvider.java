package fonio.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Blocks that are pods of a Kubernetes cluster.
 *
 * @param blocks how many blocks, of what
 * @param image the container's image
 * @param namespace where the pods are made
 * @param maxCpu how many cores a pod has at most
 * @param maxMem how much memory a pod has at most
 * @param initCpu how many cores a pod has at least
 * @param initMem how much memory a pod has at least
 * @param extraRequests other resources that a pod has at least
 * @param extraLimits other resources that a pod has at most
 * @param podName what names of pods begin with
 * @param userId whose processes they are
 * @param groupId of which group they are
 * @param runAsNonRoot whether a pod whose user is root is refused
 * @param secret the secret by which the image is pulled
 * @param persistentVolumes {@code CLAIM:PATH} each
 * @param serviceAccountName the account of the pods
 * @param annotations annotations of the pods
 * @param kubeconfig the file that says where the cluster is; empty: as {@code KUBECONFIG}, {@code
 *     ~/.kube/config} or the account of the pod that this program runs in say
 * @param context which of the file's clusters is meant; empty: its current one
 */
public record KubernetesProvider(
    Blocks blocks,
    String image,
    String namespace,
    double maxCpu,
    String maxMem,
    double initCpu,
    String initMem,
    Map<String, String> extraRequests,
    Map<String, String> extraLimits,
    Optional<String> podName,
    Optional<String> userId,
    Optional<String> groupId,
    boolean runAsNonRoot,
    Optional<String> secret,
    List<String> persistentVolumes,
    Optional<String> serviceAccountName,
    Map<String, String> annotations,
    Optional<String> kubeconfig,
    Optional<String> context)
    implements ProviderConfig {
  public KubernetesProvider {
    extraRequests = Map.copyOf(extraRequests);
    extraLimits = Map.copyOf(extraLimits);
    persistentVolumes = List.copyOf(persistentVolumes);
    annotations = Map.copyOf(annotations);
    Checks checks = Checks.of("provider kubernetes");
    checks.filled("image", image);
    checks.filled("namespace", namespace);
    checks.aboveZero("maxCpu", maxCpu);
    checks.filled("maxMem", maxMem);
    checks.aboveZero("initCpu", initCpu);
    checks.filled("initMem", initMem);
    checks.linesByName("extraRequests", extraRequests);
    checks.linesByName("extraLimits", extraLimits);
    podName.ifPresent(value -> checks.word("podName", value));
    userId.ifPresent(value -> checks.word("userId", value));
    groupId.ifPresent(value -> checks.word("groupId", value));
    secret.ifPresent(value -> checks.word("secret", value));
    checks.lines("persistentVolumes", persistentVolumes);
    serviceAccountName.ifPresent(value -> checks.word("serviceAccountName", value));
    checks.linesByName("annotations", annotations);
    kubeconfig.ifPresent(value -> checks.lines("kubeconfig", List.of(value)));
    context.ifPresent(value -> checks.lines("context", List.of(value)));
  }

  /** A builder that leaves everything else at its default. */
  public static Builder builder(String image) {
    return new Builder(image);
  }

  @Override
  public String word() {
    return "kubernetes";
  }

  @Override
  public Map<String, String> keys() {
    return blocks
        .numbers()
        .put("image", image)
        .put("namespace", namespace)
        .put("max_cpu", maxCpu)
        .put("max_mem", maxMem)
        .put("init_cpu", initCpu)
        .put("init_mem", initMem)
        .put("extra_requests", extraRequests)
        .put("extra_limits", extraLimits)
        .put("pod_name", podName)
        .put("user_id", userId)
        .put("group_id", groupId)
        .put("run_as_non_root", runAsNonRoot)
        .put("secret", secret)
        .put("persistent_volumes", persistentVolumes)
        .put("service_account_name", serviceAccountName)
        .put("annotations", annotations)
        .put("kubeconfig", kubeconfig)
        .put("context", context)
        .put("cmd_timeout", blocks.cmdTimeout())
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private final String image;
    private String namespace = "default";
    private double maxCpu = 2;
    private String maxMem = "500Mi";
    private double initCpu = 1;
    private String initMem = "250Mi";
    private Map<String, String> extraRequests = Map.of();
    private Map<String, String> extraLimits = Map.of();
    private Optional<String> podName = Optional.empty();
    private Optional<String> userId = Optional.empty();
    private Optional<String> groupId = Optional.empty();
    private boolean runAsNonRoot = false;
    private Optional<String> secret = Optional.empty();
    private List<String> persistentVolumes = List.of();
    private Optional<String> serviceAccountName = Optional.empty();
    private Map<String, String> annotations = Map.of();
    private Optional<String> kubeconfig = Optional.empty();
    private Optional<String> context = Optional.empty();

    private Builder(String image) {
      initBlocks(4);
      maxBlocks(10);
      cmdTimeout(Duration.ofSeconds(10));
      this.image = image;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link KubernetesProvider#namespace()}. */
    public Builder namespace(String value) {
      namespace = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#maxCpu()}. */
    public Builder maxCpu(double value) {
      maxCpu = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#maxMem()}. */
    public Builder maxMem(String value) {
      maxMem = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#initCpu()}. */
    public Builder initCpu(double value) {
      initCpu = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#initMem()}. */
    public Builder initMem(String value) {
      initMem = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#extraRequests()}. */
    public Builder extraRequests(Map<String, String> value) {
      extraRequests = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#extraLimits()}. */
    public Builder extraLimits(Map<String, String> value) {
      extraLimits = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#podName()}. */
    public Builder podName(String value) {
      podName = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#userId()}. */
    public Builder userId(String value) {
      userId = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#groupId()}. */
    public Builder groupId(String value) {
      groupId = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#runAsNonRoot()}. */
    public Builder runAsNonRoot(boolean value) {
      runAsNonRoot = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#secret()}. */
    public Builder secret(String value) {
      secret = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#persistentVolumes()}. */
    public Builder persistentVolumes(String... values) {
      persistentVolumes = List.of(values);
      return this;
    }

    /** Sets {@link KubernetesProvider#serviceAccountName()}. */
    public Builder serviceAccountName(String value) {
      serviceAccountName = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#annotations()}. */
    public Builder annotations(Map<String, String> value) {
      annotations = value;
      return this;
    }

    /** Sets {@link KubernetesProvider#kubeconfig()}. */
    public Builder kubeconfig(String value) {
      kubeconfig = Optional.of(value);
      return this;
    }

    /** Sets {@link KubernetesProvider#context()}. */
    public Builder context(String value) {
      context = Optional.of(value);
      return this;
    }

    /** The provider, checked. */
    public KubernetesProvider build() {
      return new KubernetesProvider(
          blocks(),
          image,
          namespace,
          maxCpu,
          maxMem,
          initCpu,
          initMem,
          extraRequests,
          extraLimits,
          podName,
          userId,
          groupId,
          runAsNonRoot,
          secret,
          persistentVolumes,
          serviceAccountName,
          annotations,
          kubeconfig,
          context);
    }
  }
}
