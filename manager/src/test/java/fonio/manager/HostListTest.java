package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nodes of a block, by what its batch system says. */
class HostListTest {
  @Test
  void rangesKeepTheirZerosAndTheirOrder() {
    assertThat(HostList.parse("head,n[08-10,3],rack[1-2]-[7]"))
        .containsExactly("head", "n08", "n09", "n10", "n3", "rack1-7", "rack2-7");
  }

  @Test
  void aListThatDoesNotCloseIsNamed() {
    assertThatThrownBy(() -> HostList.parse("n[1-2")).hasMessageContaining("n[1-2");
    assertThatThrownBy(() -> HostList.parse("n[a-2]")).hasMessageContaining("'a' is no number");
  }

  @Test
  void slurmAndPbsNameTheNodesAndOtherwiseThereIsThisHost(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("nodes"), "a\na\nb\n");
    assertThat(BlockHosts.find(Map.of("SLURM_JOB_NODELIST", "n[1-2]"))).containsExactly("n1", "n2");
    assertThat(BlockHosts.find(Map.of("PBS_NODEFILE", "" + file))).containsExactly("a", "b");
    assertThat(BlockHosts.find(Map.of("FONIO_NODES", "x,y"))).containsExactly("x", "y");
    assertThat(BlockHosts.find(Map.of())).hasSize(1);
    assertThatThrownBy(() -> BlockHosts.find(Map.of("PBS_NODEFILE", "/no/file")))
        .hasMessageContaining("/no/file");
  }

  @Test
  void coresAreThoseThatThisProcessMayUse() {
    assertThat(CoreNumbers.parse("0-2,8")).containsExactly(0, 1, 2, 8);
    assertThat(CoreNumbers.first(2, List.of(4, 5, 6))).containsExactly(4, 5);
    assertThat(CoreNumbers.first(4, List.of(4, 5))).containsExactly(4, 5, 6, 7);
    assertThat(CoreNumbers.first(2, List.of())).containsExactly(0, 1);
  }
}
