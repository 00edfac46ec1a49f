package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.api.Config;
import fonio.providers.Baggage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodNodesTest {
  private static final Map<String, String> TOLD =
      Map.of(
          "command.0", "/client/bin/python",
          "command.1", "/client/fonio/_worker.py",
          "path.0", "/client/lib",
          "logs", "/client/runs/1/workers",
          "cwd", "/client",
          "umask", "18");

  private static HtexPlan plan(String codec, Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of("provider", "kubernetes"));
    keys.putAll(more);
    return new HtexPlan(
        new ExecutorKeys("h", keys),
        Path.of("/run"),
        "hush",
        codec,
        TOLD,
        "/client/fonio.jar",
        Scaling.of(Config.builder().build()),
        line -> {});
  }

  private static ManagerCommand here(HtexPlan plan) {
    return ManagerCommand.of(
        plan,
        List.of("10.0.0.1:54000", "10.0.0.2:54000"),
        Path.of("/run/h.token"),
        Optional.of(Path.of("/run/tls.p12")),
        List.of());
  }

  private static String command(HtexPlan plan) {
    return PodNodes.command(plan, here(plan)).text("7");
  }

  @Test
  void managerOfPythonTasksIsThatOfTheImage() {
    assertThat(command(plan("python-", Map.of())))
        .isEqualTo(
            "exec python3 -m fonio._pod --connect 10.0.0.1:54000,10.0.0.2:54000"
                + " --token-file /var/run/fonio/token --tls /var/run/fonio/tls.p12 --block 7");
    assertThat(command(plan("python-", Map.of("python", "/opt/python"))))
        .startsWith("exec /opt/python -m fonio._pod ");
  }

  @Test
  void managerOfJavaTasksHasTheClassesOfTheProgram() {
    assertThat(command(plan("java", Map.of())))
        .startsWith("exec /")
        .contains("-cp /client/fonio.jar fonio.manager.ManagerMain --connect")
        .doesNotContain("AOTCache");
  }

  @Test
  void templateStandsAroundTheCommandAndStartsIt() {
    assertThat(
            command(
                plan(
                    "python-",
                    Map.of(
                        "launch_cmd", "cd /data; {command} {addresses} {worker_port} {logdir}"))))
        .startsWith("cd /data; python3 -m fonio._pod ")
        .endsWith("--block 7 10.0.0.1,10.0.0.2 54000 ");
  }

  @Test
  void workersAreToldNothingOfTheClientsFolders() {
    assertThat(plan("python-", Map.of()).told().toString()).doesNotContain("/client");
    assertThat(plan("python-", Map.of()).told())
        .containsEntry("cwd", ".")
        .containsEntry("umask", "18")
        .containsEntry("command.0", "/bin/sh");
  }

  @Test
  void workersOfJavaTasksKeepTheirCommand() {
    assertThat(plan("java", Map.of()).told()).containsEntry("command.0", "/client/bin/python");
  }

  @Test
  void otherNodesAreToldAllAsItIs() {
    assertThat(plan("python-", Map.of("provider", "slurm")).told()).isEqualTo(TOLD);
  }

  @Test
  void runIsNamedWithoutItsSecret() {
    HtexPlan plan = plan("python-", Map.of());
    Baggage baggage = PodNodes.baggage(plan, here(plan));
    assertThat(baggage.run()).matches("[0-9a-f]{10}");
    assertThat(baggage.executor()).isEqualTo("h");
    assertThat(baggage.secrets())
        .containsEntry("token", Path.of("/run/h.token"))
        .containsEntry("tls.p12", Path.of("/run/tls.p12"));
  }
}
