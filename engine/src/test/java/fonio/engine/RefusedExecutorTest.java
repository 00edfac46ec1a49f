package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings of an executor may say, and how that is told which cannot be. */
class RefusedExecutorTest {
  private static final Reach HERE = Reach.loopback("127.0.0.1");

  @TempDir Path folder;

  private static String taken(InetSocketAddress address) throws IOException {
    throw new IOException("cannot listen on " + address.getPort() + ": it is taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "54000", "54000-", "a-b", "2-1", "1-65536", "-1-5", "1-2-3"})
  void rangeThatIsNoneIsNamedWithOneThatIs(String text) {
    assertThatThrownBy(() -> PortRange.of("worker_port_range", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "worker_port_range=%s is no range of ports; write the first and the last, such as 54000-55000",
            text);
  }

  @Test
  void rangeOfOnePortHasThat() {
    PortRange range = PortRange.of("worker_port_range", "7-7");
    assertThat(range.ports()).isEqualTo(1);
    assertThat(range.port(3)).isEqualTo(7);
  }

  @Test
  void portThatIsGivenIsTheOnlyOneTried() {
    assertThatThrownBy(() -> HERE.open(22, PortRange.USUAL, RefusedExecutorTest::taken))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "cannot listen on 22: it is taken; name another port, or end the program that has it");
  }

  @Test
  void everyPortOfASmallRangeIsTriedOnce() {
    List<Integer> tried = new ArrayList<>();
    assertThatThrownBy(() ->
            HERE.open(
                0,
                new PortRange(5, 8),
                address -> {
                  tried.add(address.getPort());
                  return taken(address);
                }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("no port of worker_port_range=5-8 can be used: cannot listen on ")
        .hasMessageEndingWith("; name other ports, or another address");
    assertThat(tried).containsExactlyInAnyOrder(5, 6, 7);
  }

  @Test
  void providerWithoutItsProgramIsRefused() {
    assertThatThrownBy(() -> SubmitProgram.require("slurm", new SearchPath(folder.toString())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "provider slurm needs the program sbatch, which is not on PATH=" + folder + "; ");
  }

  @Test
  void programIsFoundInAnyFolderOfThePath() throws IOException {
    Path program = Files.createFile(folder.resolve("sbatch"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String path = "/nowhere" + File.pathSeparator + folder;
    assertThatCode(() -> SubmitProgram.require("slurm", new SearchPath(path)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "kubernetes"})
  void providerThatNeedsNoProgramIsTaken(String provider) {
    assertThatCode(() -> SubmitProgram.require(provider, new SearchPath("")))
        .doesNotThrowAnyException();
  }

  @Test
  void walltimeThatIsNoTimeIsNamed() {
    ExecutorKeys keys = new ExecutorKeys("h", Map.of("provider.walltime", "1:x"));
    assertThatThrownBy(keys::walltime)
        .hasMessage("executor h: provider.walltime=1:x is no time; write HH:MM:SS");
  }

  @Test
  void executorIsNamedOnceInWhatIsWrongWithIt() {
    ExecutorKeys keys = new ExecutorKeys("h", Map.of());
    assertThat(keys.unusable(new IllegalArgumentException("a=1 is odd")))
        .hasMessage("executor h: a=1 is odd");
    assertThat(keys.unusable(new IllegalArgumentException("executor h: a=1 is odd")))
        .hasMessage("executor h: a=1 is odd");
  }
}
