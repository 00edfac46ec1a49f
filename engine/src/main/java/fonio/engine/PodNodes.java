package fonio.engine;

import fonio.providers.Baggage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs where nodes are pods: they share no folder with this machine, and have the Python,
 * the Java and the modules of their image.
 */
final class PodNodes {
  private static final String TOKEN = "token";
  private static final String CERTIFICATE = "tls.p12";
  private static final int RUN_CHARS = 10;

  /** What {@code python -m fonio._pod} sets for the workers of its manager. */
  private static final String WORKER = "exec \"$FONIO_POD_PYTHON\" -S \"$FONIO_POD_WORKER\" \"$@\"";

  private PodNodes() {}

  /** Whether the nodes of an executor are pods. */
  static boolean are(ExecutorKeys executor) {
    return executor.text("provider", "").equals("kubernetes");
  }

  /** What managers in pods are told, of what is told to nodes that share a folder. */
  static Map<String, String> told(Map<String, String> told, String codec) {
    Map<String, String> kept = new LinkedHashMap<>(told);
    kept.put("cwd", ".");
    kept.remove("logs");
    if (isPython(codec)) {
      kept.keySet().removeIf(key -> key.startsWith("path.") || key.startsWith("command."));
      List<String> command = List.of("/bin/sh", "-c", WORKER, "fonio-worker");
      for (int n = 0; n < command.size(); n++) {
        kept.put("command." + n, command.get(n));
      }
    }
    return kept;
  }

  /** The command of a manager in a pod: it is the process that a signal to end reaches. */
  static ManagerCommand command(HtexPlan plan, ManagerCommand here) {
    List<String> program = new ArrayList<>();
    if (here.launch().isPlain()) {
      program.add("exec");
    }
    program.addAll(
        isPython(plan.codec())
            ? List.of(plan.executor().text("python", "python3"), "-m", "fonio._pod")
            : ManagerCommand.java(plan.classes(), List.of()));
    return new ManagerCommand(
        program,
        here.addresses(),
        Baggage.FOLDER.resolve(TOKEN),
        here.tls().map(file -> Baggage.FOLDER.resolve(CERTIFICATE)),
        here.limits(),
        here.launch());
  }

  /** What a block brings along. */
  static Baggage baggage(HtexPlan plan, ManagerCommand here) {
    Map<String, Path> secrets = new LinkedHashMap<>();
    secrets.put(TOKEN, here.tokenFile());
    here.tls().ifPresent(file -> secrets.put(CERTIFICATE, file));
    return new Baggage(run(plan.token()), plan.label(), secrets);
  }

  /** A word for the run that does not give its secret away. */
  private static String run(String token) {
    byte[] digest = Sha256.of(("fonio-run " + token).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, RUN_CHARS);
  }

  private static boolean isPython(String codec) {
    return codec.startsWith("python");
  }
}
