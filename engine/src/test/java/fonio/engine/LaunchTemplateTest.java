package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.Config;
import fonio.api.ConfigurationException;
import fonio.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTemplateTest {
  private static LaunchTemplate of(String text) {
    return new LaunchTemplate("h", text, Map.of("cores_per_worker", "2", "worker_port", "54000"));
  }

  @Test
  void commandStandsAloneWithoutATemplate() {
    assertThat(of("").around("manager --block 1", "1")).isEqualTo("manager --block 1");
  }

  @Test
  void placeholdersAreFilled() {
    assertThat(
            of("nice -n {cores_per_worker} {command} >{block_id}-{{block_id}}.log")
                .around("manager $X \\1", "7"))
        .isEqualTo("nice -n 2 manager $X \\1 >7-7.log");
  }

  @Test
  void doubledBracesAreBraces() {
    assertThat(of("echo ${{HOME}} }} {}; {command}").around("manager", "7"))
        .isEqualTo("echo ${HOME} } {}; manager");
  }

  @Test
  void whatACommandHasInBracesIsLeftAlone() {
    assertThat(of("{command}").around("manager '{worker_port}'", "7"))
        .isEqualTo("manager '{worker_port}'");
  }

  @Test
  void placeholderThatNobodyFillsIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> of("{command} {debug}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("executor h", "{debug}", "block_id, command, cores_per_worker");
  }

  @Test
  void namesThatAreFilledAreThoseThatThePythonClientAllows() throws IOException {
    HtexPlan plan =
        new HtexPlan(
            new ExecutorKeys("h", Map.of()),
            Path.of("/run"),
            "hush",
            "java",
            Map.of(),
            "/fonio.jar",
            Scaling.of(Config.builder().build()),
            line -> {});
    LaunchTemplate template = LaunchTemplate.of(plan, List.of("here:54000"));
    new Golden(LaunchTemplateTest.class)
        .check("launch-placeholders.txt", String.join("\n", template.names()) + "\n");
  }

  @Test
  void templateWithoutTheCommandIsRefused() {
    assertThatThrownBy(() -> of("process_worker_pool.py {{command}}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("write {command}");
  }
}
