package fonio.interchange;

import fonio.wire.ClassDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a node must have for the tasks of a class.
 *
 * @param cores how many cores, 0 for what there is
 * @param memoryMegabytes how much memory, 0 for what there is
 */
record Fit(double cores, double memoryMegabytes) {
  /** What a class asks for; null when it asks for nothing. */
  static @Nullable Fit of(ClassDefinition definition) {
    Fit fit = new Fit(number(definition, "cores"), number(definition, "memory_mb"));
    return fit.cores == 0 && fit.memoryMegabytes == 0 ? null : fit;
  }

  /** What is no number is refused by the manager, by its name. */
  private static double number(ClassDefinition definition, String key) {
    try {
      return Double.parseDouble(definition.options().getOrDefault(key, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether a node has so much; one of which nothing is known may have it. */
  boolean suits(NodeFacts node) {
    return (node.cores() == 0 || node.cores() >= cores)
        && (node.memoryMegabytes() == 0 || node.memoryMegabytes() >= memoryMegabytes);
  }

  /** Which part of it a node has, to compare those that have too little. */
  double part(NodeFacts node) {
    return Math.min(
        cores == 0 ? 1 : node.cores() / cores,
        memoryMegabytes == 0 ? 1 : node.memoryMegabytes() / memoryMegabytes);
  }
}
