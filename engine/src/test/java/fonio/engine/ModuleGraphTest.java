package fonio.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The arrows between modules, and what no module may use whatever its module declaration allows.
 */
class ModuleGraphTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("fonio");

  /** What each module may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("api", List.of()),
          Map.entry("kernel", List.of("api")),
          Map.entry("wire", List.of()),
          Map.entry("transport", List.of("wire")),
          Map.entry("pool", List.of("wire", "transport")),
          Map.entry("worker", List.of("api", "wire", "transport")),
          Map.entry("interchange", List.of("wire", "transport")),
          Map.entry("manager", List.of("wire", "transport", "pool")),
          Map.entry(
              "executors", List.of("api", "kernel", "wire", "transport", "pool", "interchange")),
          Map.entry("memo", List.of("api")),
          Map.entry("providers", List.of("api")),
          Map.entry("blocks", List.of()),
          Map.entry("journal", List.of()));

  private static final List<String> MODULES = List.copyOf(MAY_USE.keySet());

  @ParameterizedTest
  @FieldSource("MODULES")
  void arrowsPointOneWay(String module) {
    List<String> allowed = MAY_USE.getOrDefault(module, List.of());
    String[] forbidden =
        Stream.concat(MODULES.stream(), Stream.of("engine"))
            .filter(other -> !other.equals(module) && !allowed.contains(other))
            .map(other -> "fonio." + other + "..")
            .toArray(String[]::new);

    check(
        noClasses()
            .that()
            .resideInAPackage("fonio." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden));
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void noModuleUsesUnsafeOrALoggingFramework(String module) {
    check(
        noClasses()
            .that()
            .resideInAPackage("fonio." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "sun.misc..", "jdk.internal..", "org.slf4j..", "java.util.logging.."));
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void onlyMemoKnowsSql(String module) {
    if (module.equals("memo")) {
      return;
    }
    check(
        noClasses()
            .that()
            .resideInAPackage("fonio." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite.."));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCT);
  }
}
