package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Provider open(String kind, Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    if (kind.equals("ssh")) {
      all.putIfAbsent("hosts", "one\ntwo");
    }
    return Providers.open(new ProviderSettings(kind, all), line -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          slurm; partitions; debug; there is no such key; use [account,
          slurm; queue; debug; there is no such key
          local; walltime; 00:10:00; there is no such key
          slurm; walltime; 10; it must be HH:MM:SS
          slurm; walltime; 00:60:00; it must be HH:MM:SS
          slurm; nodes_per_block; 0; at least 1
          slurm; nodes_per_block; two; at least 1
          slurm; init_blocks; -1; at least 0
          slurm; mem_per_node; -4; at least 1
          slurm; parallelism; 1.5; from 0
          slurm; parallelism; much; from 0
          slurm; cmd_timeout; -1; a number of seconds
          slurm; status_polling_interval; 0; a number of seconds
          slurm; exclusive; yes; true or false
          slurm; partition; a b; one word
          slurm; regex_job_id; (; a group
          slurm; regex_job_id; batch (\\d+); a group
          slurm; launcher; mpi; there is no such launcher
          lsf; request_by_nodes; false; give cores_per_block or cores_per_node
          lsf; cores_per_block; 4; set request_by_nodes to false
          grid_engine; nodes_per_block; 2; scheduler_options
          condor; environment; A; NAME=VALUE
          ssh; hosts; -oProxyCommand=x; [user@]host[:port]
          ssh; hosts; a b; [user@]host[:port]
          ssh; launcher; srun; it is for the nodes of a batch job
          condor; launcher; srun; it is for the nodes of a batch job
          ssh; nodes_per_block; 3; there are 2 hosts
          """)
  void badValueIsRefusedWithItsKeyAndWhatIsAllowed(
      String kind, String key, String value, String rule) {
    assertThatThrownBy(() -> open(kind, Map.of(key, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(key + " of provider " + kind + " is \"" + value + "\"; ")
        .hasMessageContaining(rule);
  }

  @Test
  void lineBreakCannotBringInAnotherOption() {
    assertThatThrownBy(() -> open("slurm", Map.of("account", "a\n#SBATCH --uid=root")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("it must be one line");
  }

  @Test
  void moreBlocksAtLeastThanAtMostAreRefused() {
    assertThatThrownBy(() -> open("slurm", Map.of("min_blocks", "3", "max_blocks", "2")))
        .hasMessageContaining("it must not be above max_blocks, 2");
  }

  @Test
  void launcherThatWouldLeaveNodesIdleIsRefused() {
    assertThatThrownBy(() -> open("slurm", Map.of("nodes_per_block", "4")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("single_node")
        .hasMessageContaining("the first of 4 nodes only; use srun");
  }

  @Test
  void sshWithoutHostsIsRefused() {
    assertThatThrownBy(() -> open("ssh", Map.of("hosts", " \n")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name at least one host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "google_cloud"})
  void kindThatIsNotOfferedSaysWhatToUse(String kind) {
    assertThatThrownBy(() -> open(kind, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not offered")
        .hasMessageContaining("use provider ssh");
  }

  @Test
  void unknownKindIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> open("cobalt", Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"cobalt\"")
        .hasMessageContaining("slurm, pbspro");
  }

  @Test
  void emptyValueCountsAsNotGiven() {
    try (Provider slurm = open("slurm", Map.of("partition", "", "walltime", ""))) {
      assertThat(slurm.statusPeriod()).isEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void statusPeriodIsShorterWhereNoBatchSystemIsAsked() {
    try (Provider local = open("local", Map.of());
        Provider own = open("local", Map.of("status_polling_interval", "0.5"))) {
      assertThat(local.statusPeriod()).isEqualTo(Duration.ofMillis(200));
      assertThat(own.statusPeriod()).isEqualTo(Duration.ofMillis(500));
    }
  }
}
