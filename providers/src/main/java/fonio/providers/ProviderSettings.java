package fonio.providers;

import java.util.Map;

/**
 * What a provider is made of.
 *
 * @param kind {@code local}, {@code ssh}, {@code slurm}, {@code pbspro}, {@code torque}, {@code
 *     lsf}, {@code grid_engine}, {@code condor} or {@code kubernetes}
 * @param keys by Parsl's parameter names ({@code partition}, {@code walltime}, {@code worker_init},
 *     ...), {@code launcher} and {@code launcher.*}; lists are joined by line breaks; an empty
 *     value counts as not given
 */
public record ProviderSettings(String kind, Map<String, String> keys) {
  public ProviderSettings {
    keys = Map.copyOf(keys);
  }
}
