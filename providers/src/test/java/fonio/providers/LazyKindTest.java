package fonio.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyKindTest {
  @TempDir Path folder;

  private LazyKind kind() {
    return new LazyKind("farm", folder.resolve("engine/target/fonio-engine.jar"));
  }

  private void refused(Map<String, String> environment, String... words) {
    assertThatThrownBy(() -> kind().load(environment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(words);
  }

  private Path jar(Path file, String services) throws IOException {
    Files.createDirectories(file.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("META-INF/services/fonio.providers.ProviderKind"));
      out.write(services.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void jarThatIsNotThereIsNamedWithItsPlacesAndHowItIsBuilt() {
    refused(
        Map.of(),
        folder.resolve("engine/target/fonio-farm.jar").toString(),
        folder.resolve("farm/target/fonio-farm.jar").toString(),
        "./mvnw -Dquick package -pl farm -am",
        "FONIO_FARM_JAR");
  }

  @Test
  void environmentNamesAnotherPlace() {
    refused(Map.of("FONIO_FARM_JAR", "/nosuch.jar"), "none of /nosuch.jar;");
  }

  @Test
  void jarWithoutTheKindIsNoJarOfIt() throws IOException {
    Path jar = jar(folder.resolve("farm/target/fonio-farm.jar"), "");
    refused(Map.of(), jar.toString(), "has no provider farm");
  }

  @Test
  void jarOfAnotherVersionIsToBeBuiltAnew() throws IOException {
    jar(folder.resolve("farm/target/fonio-farm.jar"), "fonio.farm.Kind\n");
    refused(Map.of(), "provider farm cannot be loaded", "fonio.farm.Kind", "-pl farm -am");
  }

  @Test
  void launcherOfTheSourceTreeBuildsItWhenItIsNotThere() throws IOException {
    Path built = folder.resolve("farm/target/fonio-farm.jar");
    Path prepared = jar(folder.resolve("prepared.jar"), "");
    Path builder = folder.resolve("builder");
    Files.writeString(
        builder,
        "#!/bin/sh\nmkdir -p %s && cp %s %s && echo $1 >>%s.said\n"
            .formatted(built.getParent(), prepared, built, builder));
    assertThat(builder.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = Map.of("FONIO_BUILDER", builder.toString());
    refused(environment, built.toString(), "has no provider farm");
    refused(environment, built.toString(), "has no provider farm");
    assertThat(Path.of(builder + ".said")).hasContent("farm");
  }

  @Test
  void builderThatIsNotThereIsNamed() {
    refused(Map.of("FONIO_BUILDER", "/nosuch"), "FONIO_BUILDER=/nosuch cannot be started");
  }
}
