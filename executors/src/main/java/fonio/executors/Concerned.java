package fonio.executors;

import java.util.List;

/**
 * What a command was done with.
 *
 * @param managers that are there, each in words
 * @param blocks without a manager, each a sentence that says what became of it
 */
public record Concerned(List<String> managers, List<String> blocks) {
  public Concerned {
    managers = List.copyOf(managers);
    blocks = List.copyOf(blocks);
  }
}
