package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.ClassDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {
  @Test
  void chainLosesItsMiddleBeforeItGrowsTooLong() {
    String chain = "root (task 1)";
    for (int i = 0; i < 1000; i++) {
      chain = Chains.longer("step" + i, chain);
      assertThat(chain.length()).isLessThan(500);
    }
    assertThat(chain).startsWith("step999 <- ").endsWith("root (task 1)");
  }

  @Test
  void batchKnowsWhereEachTasksBytesAndParentsAre() {
    int segment = 0x8000_0010;
    Batch batch =
        new Batch(
            10,
            3,
            new byte[23],
            new int[] {3, segment, 4},
            new int[] {0, 2, 2, 3},
            new long[] {1, 2, 3},
            null);
    assertThat(batch.start(11)).isEqualTo(3);
    assertThat(batch.start(12)).isEqualTo(19);
    assertThat(batch.lengthColumn(11)).isEqualTo(segment);
    assertThat(batch.parentCount(11)).isZero();
    assertThat(batch.parent(12, 0)).isEqualTo(3);
    assertThat(batch.memoKey(10)).isNull();
  }

  @Test
  void memoKeyOfZerosIsNone() {
    byte[] keys = new byte[2 * Batch.KEY_BYTES];
    Arrays.fill(keys, Batch.KEY_BYTES, keys.length, (byte) 1);
    Batch batch = new Batch(1, 2, new byte[0], null, null, null, keys);
    assertThat(batch.memoKey(1)).isNull();
    assertThat(batch.memoKey(2)).hasSize(32).containsOnly(1);
  }

  @Test
  void classNamesItsLaneAndItsNumbers() {
    Catalog catalog = new Catalog(Map.of("a", 0, "b", 1));
    catalog.define(new ClassDefinition(3, 1, Map.of("lane", "b", "name", "dock")));
    assertThat(catalog.lane(3)).isEqualTo(1);
    assertThat(catalog.name(3)).isEqualTo("dock");
    assertThat(catalog.name(4)).isEqualTo("class 4");
    assertThatThrownBy(() -> catalog.define(new ClassDefinition(5, 1, Map.of("lane", "c"))))
        .hasMessageContaining("class 5 names the executor 'c'");
    assertThatThrownBy(() -> catalog.define(new ClassDefinition(5, 1, Map.of("retries", "many"))))
        .hasMessageContaining("retries=many");
  }

  @Test
  void configurationNamesTheKeyThatIsMissing(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("engine.properties");
    assertThatThrownBy(() -> EngineConfig.read(file)).hasMessageContaining(file.toString());
    Files.writeString(file, "python=p\nworker_flags=\n");
    assertThatThrownBy(() -> EngineConfig.read(file)).hasMessageContaining("worker_script");
    Files.writeString(file, "python=p\nworker_flags=\nworker_script=s\ncwd=/\numask=many\n");
    assertThatThrownBy(() -> EngineConfig.read(file)).hasMessageContaining("umask=many");
  }
}
