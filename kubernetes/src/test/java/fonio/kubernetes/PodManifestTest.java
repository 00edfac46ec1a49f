package fonio.kubernetes;

import fonio.providers.Baggage;
import fonio.providers.BlockOrder;
import fonio.providers.ProviderSettings;
import fonio.testkit.Golden;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodManifestTest {
  private static final Golden GOLDEN = new Golden(PodManifestTest.class);
  private static final BlockOrder BLOCK =
      new BlockOrder(
          "fonio.h.block-3",
          "exec python3 -m fonio._pod --block 3",
          2,
          1,
          Path.of("blocks"),
          new Baggage("0123456789", "h", Map.of()));

  private static PodNames names(PodSettings settings) {
    return PodNames.of(settings.podName(), BLOCK);
  }

  private static String pod(Map<String, String> keys) {
    PodSettings settings = PodSettings.of(new ProviderSettings("kubernetes", keys));
    PodNames names = names(settings);
    return Serialization.asYaml(
        new PodManifest(settings).pod(names.pods().getLast(), names, BLOCK.command()));
  }

  @Test
  void podOfAnImageAlone() throws IOException {
    GOLDEN.check("plain.yaml", pod(Map.of("image", "fonio:1")));
  }

  @Test
  void podWithAllThatCanBeAskedFor() throws IOException {
    GOLDEN.check(
        "whole.yaml",
        pod(
            Map.ofEntries(
                Map.entry("image", "registry.example.org/lab/fonio:1"),
                Map.entry("namespace", "lab"),
                Map.entry("init_cpu", "0.5"),
                Map.entry("init_mem", "1Gi"),
                Map.entry("max_cpu", "2.0"),
                Map.entry("max_mem", "4Gi"),
                Map.entry("extra_requests", "ephemeral-storage=1Gi"),
                Map.entry("extra_limits", "nvidia.com/gpu=1\nephemeral-storage=2Gi"),
                Map.entry("worker_init", "source /opt/venv/bin/activate\ncd /data"),
                Map.entry("pod_name", "docking"),
                Map.entry("user_id", "1000"),
                Map.entry("group_id", "100"),
                Map.entry("run_as_non_root", "1"),
                Map.entry("secret", "registry"),
                Map.entry("persistent_volumes", "claim:/data\nmore:/more"),
                Map.entry("service_account_name", "worker"),
                Map.entry("annotations", "sidecar.istio.io/inject=false"))));
  }

  @Test
  void secretHasTheFilesAndTheLabelsOfItsRun() throws IOException {
    PodSettings settings =
        PodSettings.of(new ProviderSettings("kubernetes", Map.of("image", "fonio:1")));
    GOLDEN.check(
        "secret.yaml",
        Serialization.asYaml(
            SecretManifest.of(
                names(settings),
                "default",
                Map.of("token", "hush\n".getBytes(StandardCharsets.UTF_8)))));
  }
}
