package fonio.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an executor of blocks goes by, whatever language its tasks are in.
 *
 * @param executor its own settings, with those of its provider
 * @param run the run's folder, which its nodes see too
 * @param token the run's secret
 * @param codec prefix that the codec of a manager's workers must have
 * @param told what managers are told of the workers that they start
 * @param classes where nodes find the manager's classes
 * @param scaling who decides how many blocks there are
 * @param log takes lines for people about its blocks
 */
record HtexPlan(
    ExecutorKeys executor,
    Path run,
    String token,
    String codec,
    Map<String, String> told,
    String classes,
    Scaling scaling,
    Consumer<String> log) {
  HtexPlan {
    run = run.toAbsolutePath();
    told = Map.copyOf(PodNodes.are(executor) ? PodNodes.told(told, codec) : told);
  }

  String label() {
    return executor.label();
  }
}
