package fonio.kubernetes;

import fonio.kubernetes.PodSettings.ClaimMount;
import fonio.providers.Baggage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods of a block, as the API is told of them.
 *
 * <p>They are never started anew: whether a block is replaced is decided where blocks are counted.
 */
record PodManifest(PodSettings settings) {
  static final String CONTAINER = "manager";

  private static final String SECRETS = "fonio";
  private static final String SHARED = "shared-memory";
  private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);

  /** All that run in the pod, whatever user the image has: nobody else is there. */
  private static final int ALL_READ = 0444;

  /** A pod. */
  Pod pod(String name, PodNames names, String command) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(settings.access().namespace())
        .withLabels(names.labels())
        .withAnnotations(settings.annotations())
        .endMetadata()
        .withSpec(spec(names, command).build())
        .build();
  }

  private PodSpecBuilder spec(PodNames names, String command) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withContainers(container(command))
            .addToVolumes(
                new VolumeBuilder()
                    .withName(SECRETS)
                    .withNewSecret()
                    .withSecretName(names.secret())
                    .withDefaultMode(ALL_READ)
                    .endSecret()
                    .build(),
                new VolumeBuilder().withName(SHARED).withEmptyDir(sharedMemory()).build());
    List<ClaimMount> volumes = settings.volumes();
    for (int n = 0; n < volumes.size(); n++) {
      spec.addToVolumes(
          new VolumeBuilder()
              .withName("claim-" + n)
              .withNewPersistentVolumeClaim(volumes.get(n).claim(), false)
              .build());
    }
    settings.serviceAccountName().ifPresent(spec::withServiceAccountName);
    settings
        .pullSecret()
        .ifPresent(secret -> spec.withImagePullSecrets(new LocalObjectReference(secret)));
    return spec;
  }

  /** Half of a pod's memory: without it a pod has 64 MB, whatever its size. */
  private EmptyDirVolumeSource sharedMemory() {
    return new EmptyDirVolumeSourceBuilder()
        .withMedium("Memory")
        .withSizeLimit(new Quantity(Long.toString(settings.memoryBytes() / 2)))
        .build();
  }

  private Container container(String command) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(CONTAINER)
            .withImage(settings.image())
            .withCommand("/bin/bash", "-c", settings.workerInit() + command)
            .addNewEnv()
            .withName("FONIO_MEMORY_GB")
            .withValue(gigabytes())
            .endEnv()
            .withResources(
                new ResourceRequirementsBuilder()
                    .withRequests(quantities(settings.requests()))
                    .withLimits(quantities(settings.limits()))
                    .build())
            .addToVolumeMounts(
                new VolumeMountBuilder()
                    .withName(SECRETS)
                    .withMountPath(Baggage.FOLDER.toString())
                    .withReadOnly(true)
                    .build(),
                new VolumeMountBuilder().withName(SHARED).withMountPath("/dev/shm").build());
    List<ClaimMount> volumes = settings.volumes();
    for (int n = 0; n < volumes.size(); n++) {
      container.addToVolumeMounts(
          new VolumeMountBuilder()
              .withName("claim-" + n)
              .withMountPath(volumes.get(n).path())
              .build());
    }
    user().ifPresent(container::withSecurityContext);
    return container.build();
  }

  /** The memory of a pod, which its manager takes for that of the machine otherwise. */
  private String gigabytes() {
    return BigDecimal.valueOf(settings.memoryBytes())
        .divide(GIGABYTE, 3, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Who its processes are; where root is refused, so is what namespaces of restricted pods refuse.
   */
  private Optional<SecurityContext> user() {
    if (settings.userId().isEmpty() && settings.groupId().isEmpty() && !settings.runAsNonRoot()) {
      return Optional.empty();
    }
    SecurityContextBuilder user = new SecurityContextBuilder();
    settings.userId().ifPresent(user::withRunAsUser);
    settings.groupId().ifPresent(user::withRunAsGroup);
    if (settings.runAsNonRoot()) {
      user.withRunAsNonRoot(true)
          .withAllowPrivilegeEscalation(false)
          .withNewCapabilities()
          .withDrop("ALL")
          .endCapabilities()
          .withNewSeccompProfile()
          .withType("RuntimeDefault")
          .endSeccompProfile();
    }
    return Optional.of(user.build());
  }

  private static Map<String, Quantity> quantities(Map<String, String> amounts) {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
    return quantities;
  }
}
