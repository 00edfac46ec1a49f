package fonio.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What starts the MPI programs of an executor.
 *
 * @param name mpiexec, srun or aprun
 * @param isOpenMpi whether {@code mpiexec} is that of Open MPI, which has other options for hosts
 *     than that of MPICH, Intel and Cray
 */
record MpiLauncher(String name, boolean isOpenMpi) {
  private static final long PATIENCE_SECONDS = 5;

  /** The launcher of this name, with the mpiexec that this node has. */
  static MpiLauncher onThisNode(String name) {
    return new MpiLauncher(name, isOpenMpi("mpiexec", "--version"));
  }

  /** Whether the command tells the version of Open MPI; false when it does not answer in time. */
  static boolean isOpenMpi(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.contains("Open MPI") || said.contains("OpenRTE");
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
