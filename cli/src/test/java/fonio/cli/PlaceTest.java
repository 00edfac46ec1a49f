package fonio.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceTest {
  private final Place place = new Place();
  @TempDir Path here;

  @Test
  void withoutSettingsTheRunsAreInTheDefaultFolder() {
    assertFolder(".fonio", Map.of());
    assertFolder(".fonio", Map.of("FONIO_HOME", ""));
  }

  @Test
  void eachSourceIsStrongerThanTheOneBefore() throws IOException {
    file("workers = 3\nrun_dir = \"of the file\"\n");
    assertFolder("of the file", Map.of());
    assertFolder("of the environment", Map.of("FONIO_RUN_DIR", "of the environment"));
    place.settings.put("run-dir", "set");
    assertFolder("set", Map.of("FONIO_RUN_DIR", "of the environment"));
    assertFolder("home", Map.of("FONIO_RUN_DIR", "of the environment", "FONIO_HOME", "home"));
    place.settings.put("home", "set home");
    assertFolder("set home", Map.of("FONIO_HOME", "home"));
    place.home = "given";
    assertFolder("given", Map.of("FONIO_HOME", "home"));
  }

  @Test
  void aWordThatARunWouldRefuseIsRefusedByName() {
    place.settings.put("run_dri", "x");
    assertRefused("--set run_dri=...: there is no key run_dri");
  }

  @Test
  void aFileThatARunWouldRefuseIsRefusedByName() throws IOException {
    file("run_dir = 3\n");
    assertRefused("fonio.toml: run_dir is 3; it must be a text");
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> place.home(Map.of(), here))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
  }

  private void assertFolder(String folder, Map<String, String> environment) {
    assertThat(place.home(environment, here).folder()).isEqualTo(Path.of(folder));
  }

  private void file(String text) throws IOException {
    Files.writeString(here.resolve("fonio.toml"), text);
  }
}
