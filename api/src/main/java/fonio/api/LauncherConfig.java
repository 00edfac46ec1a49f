package fonio.api;

import java.util.Map;

/** How a block's job starts its managers on the nodes that it was given. */
public sealed interface LauncherConfig
    permits SimpleLauncher,
        WrappedLauncher,
        SingleNodeLauncher,
        GnuParallelLauncher,
        MpiExecLauncher,
        MpiRunLauncher,
        SrunLauncher,
        SrunMpiLauncher,
        AprunLauncher,
        JsrunLauncher {

  /** The name of its kind. */
  String word();

  /** What it is told, by the names that Python programs use as well. */
  Map<String, String> keys();

  /** Whether it stays on the node where the job's script runs. */
  default boolean isOfOneNode() {
    return false;
  }
}
