package fonio.cli;

import picocli.CommandLine.IVersionProvider;

/** The lines of {@code fonio --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "fonio " + (version == null ? "(from classes)" : version),
      "Java " + Runtime.version() + " (" + System.getProperty("java.home") + ")"
    };
  }
}
