package fonio.api;

import java.util.Map;

/** Where blocks come from. */
public sealed interface ProviderConfig
    permits LocalProvider,
        SshProvider,
        SlurmProvider,
        PbsProProvider,
        TorqueProvider,
        LsfProvider,
        GridEngineProvider,
        CondorProvider,
        KubernetesProvider {

  /** The name of its kind. */
  String word();

  /** How many blocks, of what. */
  Blocks blocks();

  /** What starts managers on a block's nodes. */
  default LauncherConfig launcher() {
    return blocks().launcher();
  }

  /** What it is told, by the names that Python programs use as well. */
  Map<String, String> keys();
}
