package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import fonio.api.KubernetesProvider;
import fonio.providers.ProviderSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image | '' | give the container image",
        "user_id | root | do not know names",
        "group_id | -1 | must be a number",
        "pod_name | Docking | small letters",
        "pod_name | abcdefghijklmnopqrst | at most 19",
        "init_cpu | two | number of cores",
        "max_mem | lots | amount of memory",
        "init_mem | 0 | amount of memory",
        "persistent_volumes | claim | CLAIM:/PATH",
        "persistent_volumes | claim:data | CLAIM:/PATH",
        "annotations | =x | NAME=VALUE",
        "run_as_non_root | maybe | true or false",
        "volume | x | there is no such key",
      })
  void valueThatCannotBeUsedIsNamedWithItsRule(String key, String value, String rule) {
    Map<String, String> keys = new HashMap<>(Map.of("image", "fonio:1"));
    keys.put(key, value);
    assertThatThrownBy(() -> PodSettings.of(new ProviderSettings("kubernetes", keys)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(key, "\"" + value + "\"", rule);
  }

  @Test
  void whatAJavaProgramSaysIsUnderstood() {
    KubernetesProvider said =
        KubernetesProvider.builder("fonio:1")
            .namespace("lab")
            .persistentVolumes("claim:/data")
            .annotations(Map.of("a/b", "c"))
            .build();
    Map<String, String> keys = new HashMap<>(said.keys());
    PodSettings settings = PodSettings.of(new ProviderSettings(said.word(), keys));
    assertThat(settings.access().namespace()).isEqualTo("lab");
    assertThat(settings.volumes()).containsExactly(new PodSettings.ClaimMount("claim", "/data"));
    assertThat(settings.limits()).containsEntry("cpu", "2").containsEntry("memory", "500Mi");
  }
}
