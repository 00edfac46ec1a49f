package fonio.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectExecutorTest {
  private static final DirectExecutor TWO = new DirectExecutor("direct", 2);

  @TempDir Path folder;

  @Test
  void eachOptionChangesItselfAlone() {
    DirectExecutor all =
        TWO.withEnvironment(Map.of("GRAIN", "fonio"))
            .withWorkingDirectory(folder)
            .withCpuAffinity("list:0:1")
            .withMaxTasksPerChild(7)
            .withWalltime(Duration.ofSeconds(3))
            .withJvmOptions("-Xmx1g", "-Dgrain=fonio")
            .withOnWorkerLost(OnWorkerLost.FAIL);

    assertThat(all)
        .isEqualTo(
            new DirectExecutor(
                "direct",
                2,
                Map.of("GRAIN", "fonio"),
                Optional.of(folder),
                Optional.of("list:0:1"),
                OptionalInt.of(7),
                Optional.of(Duration.ofSeconds(3)),
                List.of("-Xmx1g", "-Dgrain=fonio"),
                OnWorkerLost.FAIL));
    assertThat(all.withWorkers(1).workers()).isEqualTo(1);
    assertThat(all.withWorkers(1).withWorkers(2)).isEqualTo(all);
  }

  @Test
  void whatIsGivenIsCopied() {
    Map<String, String> variables = new HashMap<>(Map.of("GRAIN", "fonio"));
    DirectExecutor executor = TWO.withEnvironment(variables);

    variables.put("GRAIN", "wheat");

    assertThat(executor.environment()).containsExactly(Map.entry("GRAIN", "fonio"));
  }

  @Test
  void policiesThatThereAreAreTaken() {
    for (String policy :
        List.of("none", "block", "alternating", "block-reverse", "list:0,2-3:1", "list:0:1:2")) {
      assertThat(TWO.withCpuAffinity(policy).cpuAffinity()).contains(policy);
    }
  }

  @Test
  void aValueThatCannotBeUsedIsNamedWithItsRule() {
    refused(it -> it.withWorkers(0), "workers", "\"0\"", "between 1 and 4096");
    refused(
        it -> it.withEnvironment(Map.of("A=B", "c")), "environment", "\"A=B=c\"", "without '='");
    refused(it -> it.withEnvironment(Map.of("", "c")), "environment", "\"=c\"");
    refused(it -> it.withEnvironment(Map.of("A", "\0")), "environment", "zero character");
    refused(
        it -> it.withWorkingDirectory(folder.resolve("none")),
        "workingDirectory",
        folder.resolve("none").toString(),
        "make it first");
    refused(it -> it.withCpuAffinity("spread"), "cpuAffinity", "\"spread\"", "alternating");
    refused(it -> it.withCpuAffinity("list:"), "cpuAffinity", "\"list:\"");
    refused(it -> it.withCpuAffinity("list:0,:1"), "cpuAffinity", "\"list:0,:1\"");
    refused(it -> it.withCpuAffinity("list:0"), "the cores of 1 of the 2 workers");
    refused(it -> it.withMaxTasksPerChild(0), "maxTasksPerChild", "\"0\"", "at least 1");
    refused(it -> it.withWalltime(Duration.ZERO), "walltime", "\"PT0S\"", "a millisecond");
    refused(it -> it.withWalltime(Duration.ofDays(40_000)), "walltime", "36500 days");
    refused(it -> it.withJvmOptions("-Xmx1g -Xms1g", "more"), "jvmOptions", "\"more\"");
    refused(it -> it.withJvmOptions("-cp"), "jvmOptions", "\"-cp\"", "class path");
    refused(it -> it.withJvmOptions("--class-path=x"), "jvmOptions", "\"--class-path=x\"");
    refused(it -> it.withJvmOptions("-jar"), "jvmOptions", "\"-jar\"", "leave it out");
  }

  private static void refused(UnaryOperator<DirectExecutor> change, String... words) {
    assertThatThrownBy(() -> change.apply(TWO))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aLabelThatCannotNameFilesIsRefused() {
    assertThatThrownBy(() -> new DirectExecutor("a/b", 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"a/b\"");
  }
}
