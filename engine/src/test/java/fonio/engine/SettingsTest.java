package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.ConfigurationException;
import fonio.api.DirectExecutor;
import fonio.api.OnWorkerLost;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path here;

  @Test
  void theFileFillsWhatTheProgramLeavesOpen() throws IOException {
    file("retries = 2\nworkers = 3\ncheckpoint_mode = \"task_exit\"\nrun_dir = \"runs here\"");

    Settings settings = settings(Config.defaults(), Map.of());

    assertThat(settings.retries()).isEqualTo(2);
    assertThat(settings.executors()).containsExactly(new ThreadPoolExecutor("threads", 3));
    assertThat(settings.checkpointMode()).isEqualTo(CheckpointMode.TASK_EXIT);
    assertThat(settings.home()).isEqualTo(Path.of("runs here"));
  }

  @Test
  void theProgramIsStrongerThanTheFile() throws IOException {
    file("retries = 2\nworkers = 3\napp_cache = true");
    Config config =
        Config.builder()
            .retries(5)
            .appCache(false)
            .executors(new DirectExecutor("direct", 7))
            .build();

    Settings settings = settings(config, Map.of());

    assertThat(settings.retries()).isEqualTo(5);
    assertThat(settings.appCache()).isFalse();
    assertThat(settings.executors()).containsExactly(new DirectExecutor("direct", 7));
  }

  @Test
  void theEnvironmentIsStrongerThanTheProgram() throws IOException {
    file("retries = 2");
    Config config =
        Config.builder()
            .retries(5)
            .runDir(Path.of("given"))
            .executors(new DirectExecutor("direct", 7), new ThreadPoolExecutor("one", 1))
            .build();

    Settings settings =
        settings(
            config, Map.of("FONIO_RETRIES", "9", "FONIO_WORKERS", "4", "FONIO_HOME", "at home"));

    assertThat(settings.retries()).isEqualTo(9);
    assertThat(settings.home()).isEqualTo(Path.of("at home"));
    assertThat(settings.executors())
        .containsExactly(new DirectExecutor("direct", 4), new ThreadPoolExecutor("one", 1));
  }

  @Test
  void otherOptionsOfAnExecutorStayWhenTheNumberOfItsWorkersIsSet() {
    DirectExecutor given =
        new DirectExecutor("direct", 7)
            .withEnvironment(Map.of("GRAIN", "fonio"))
            .withWalltime(Duration.ofSeconds(3))
            .withJvmOptions("-Xmx1g")
            .withOnWorkerLost(OnWorkerLost.FAIL);

    Settings settings = settings(with(given), Map.of("FONIO_WORKERS", "4"));

    assertThat(settings.executors()).containsExactly(given.withWorkers(4));
  }

  @Test
  void coresAndLifeOfWorkersAreSetFromOutsideWhereTheProgramLeavesThemOpen() throws IOException {
    file("cpu_affinity = \"block\"\nmax_tasks_per_child = 50");
    DirectExecutor open = new DirectExecutor("direct", 2);
    DirectExecutor given = open.withCpuAffinity("none").withMaxTasksPerChild(9);

    assertThat(settings(with(open), Map.of()).executors())
        .containsExactly(open.withCpuAffinity("block").withMaxTasksPerChild(50));
    assertThat(settings(with(given), Map.of()).executors()).containsExactly(given);
    assertThat(
            settings(
                    with(given),
                    Map.of("FONIO_CPU_AFFINITY", "alternating", "FONIO_MAX_TASKS_PER_CHILD", "5"))
                .executors())
        .containsExactly(open.withCpuAffinity("alternating").withMaxTasksPerChild(5));
  }

  @Test
  void anOptionOfWorkersThatCannotBeUsedNamesWhoSetIt() {
    Config two = with(new DirectExecutor("direct", 2).withCpuAffinity("list:0:1"));
    refused(
        two,
        Map.of("FONIO_CPU_AFFINITY", "spread"),
        "FONIO_CPU_AFFINITY=spread: cpuAffinity of executor \"direct\" is \"spread\"");
    refused(
        two,
        Map.of("FONIO_SET", "workers", "FONIO_WORKERS", "3"),
        "--set workers=3: cpuAffinity of executor \"direct\" is \"list:0:1\"",
        "2 of the 3 workers");
    refused(
        two,
        Map.of("FONIO_MAX_TASKS_PER_CHILD", "0"),
        "max_tasks_per_child is \"0\" and must be between 1 and");
  }

  private static Config with(DirectExecutor executor) {
    return Config.builder().executors(executor).build();
  }

  @Test
  void withoutAnyoneTheDefaultsCount() {
    Settings settings = settings(Config.defaults(), Map.of("FONIO_RETRIES", ""));

    assertThat(settings.retries()).isZero();
    assertThat(settings.home()).isEqualTo(Path.of(".fonio"));
    assertThat(settings.appCache()).isTrue();
    assertThat(settings.checkpointMode()).isEqualTo(CheckpointMode.NONE);
    assertThat(settings.executors()).containsExactly(new ThreadPoolExecutor());
  }

  @Test
  void aBadValueNamesWhoSetIt() throws IOException {
    refused(
        Map.of("FONIO_RETRIES", "many"), "FONIO_RETRIES=many: retries is \"many\"", "0 and 65535");
    refused(Map.of("FONIO_RETRIES", "-3"), "retries is \"-3\" and must be between 0 and 65535");
    refused(
        Map.of("FONIO_WORKERS", "0", "FONIO_SET", "workers"),
        "--set workers=0: workers is \"0\" and must be between 1 and 4096");
    refused(Map.of("FONIO_APP_CACHE", "yes"), "app_cache is \"yes\" and must be true or false");
    refused(Map.of("FONIO_CHECKPOINT_MODE", "often"), "task_exit, periodic, dfk_exit or manual");
    refused(Map.of("FONIO_CHECKPOINT_PERIOD", "5m"), "\"5m\" and must be HH:MM:SS");
    file("retries = -1");
    refused(Map.of(), here.resolve("fonio.toml") + ": retries is \"-1\"");
  }

  @Test
  void anUnknownWordIsRefusedWithThoseThatThereAre() throws IOException {
    refused(
        Map.of("FONIO_SET", "worker", "FONIO_WORKER", "2"),
        "--set worker=...: there is no key worker; the keys are app_cache, ",
        "workers");
    file("worker = 2");
    refused(Map.of(), here.resolve("fonio.toml") + ": there is no key worker; the keys are ");
  }

  @Test
  void aWordThatOnlyPythonRunsHaveIsRefusedOnTheCommandLineAndPassedOverInTheFile()
      throws IOException {
    refused(
        Map.of("FONIO_SET", "exit-mode", "FONIO_EXIT_MODE", "wait"),
        "--set exit_mode=wait: only runs of Python programs have exit_mode");
    file("exit_mode = \"wait\"\npreload = [\"numpy\"]\nretries = 1");
    assertThat(settings(Config.defaults(), Map.of()).retries()).isEqualTo(1);
  }

  @Test
  void aDurableRunIsRefusedByName() throws IOException {
    file("durable = true");
    refused(Map.of(), "durable is true, and a Java program has its engine in itself");
    file("durable = false\nretries = 1");
    assertThat(settings(Config.defaults(), Map.of()).retries()).isEqualTo(1);
  }

  @Test
  void aValueOfAnotherKindInTheFileIsRefused() throws IOException {
    file("retries = \"2\"");
    refused(Map.of(), "fonio.toml: retries is \"2\"; it must be a whole number");
    file("preload = [1]");
    refused(Map.of(), "fonio.toml: preload is [1]; it must be a list of texts");
    file("[workers]\nretries = 2");
    refused(Map.of(), "fonio.toml: workers is {\"retries\":2}; it must be a whole number");
  }

  @Test
  void aFileThatIsNotTomlIsRefusedWithItsLine() throws IOException {
    file("retries = 2\nworkers = = 3");
    refused(Map.of(), "fonio.toml is not TOML: line 2: ");
  }

  @Test
  void checkpointsByPeriodNeedOne() {
    refused(Map.of("FONIO_CHECKPOINT_MODE", "periodic"), "checkpoint_period is not set");
    Map<String, String> both =
        Map.of("FONIO_CHECKPOINT_MODE", "periodic", "FONIO_CHECKPOINT_PERIOD", "00:01:30");
    assertThat(settings(Config.defaults(), both).checkpointPeriod())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void theKeysAreThoseOfPython() throws IOException {
    String python = Files.readString(Path.of("../python/src/fonio/_chosen.py"));
    String table = python.substring(python.indexOf("KEYS:"), python.indexOf("\n}\n"));
    Map<String, Key.Kind> kinds =
        Map.of(
            "int",
            Key.Kind.WHOLE_NUMBER,
            "str",
            Key.Kind.TEXT,
            "bool",
            Key.Kind.TRUTH,
            "list",
            Key.Kind.TEXTS);

    var keys =
        Pattern.compile("\"(\\w+)\": (\\w+),")
            .matcher(table)
            .results()
            .map(entry -> entry.group(1) + " " + kinds.get(entry.group(2)));

    assertThat(keys.toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Key.values()).map(key -> key.word() + " " + key.kind).toList());
  }

  private Settings settings(Config config, Map<String, String> environment) {
    return Settings.of(config, Outside.of(environment, here));
  }

  private void refused(Map<String, String> environment, String... words) {
    refused(Config.defaults(), environment, words);
  }

  private void refused(Config config, Map<String, String> environment, String... words) {
    assertThatThrownBy(() -> settings(config, environment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(words);
  }

  private void file(String text) throws IOException {
    Files.writeString(here.resolve("fonio.toml"), text);
  }
}
