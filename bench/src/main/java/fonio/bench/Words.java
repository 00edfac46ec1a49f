package fonio.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The words after a program's name.
 *
 * @param all every word, in its order
 */
record Words(List<String> all) {
  static Words of(String[] words) {
    return new Words(List.copyOf(Arrays.asList(words)));
  }

  /** The whole number after an option, or another one when the option is not there. */
  int number(String option, int otherwise) {
    int at = all.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == all.size()) {
      throw new IllegalArgumentException(option + " stands last: give it a whole number");
    }
    try {
      return Integer.parseInt(all.get(at + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s %s is no whole number".formatted(option, all.get(at + 1)), e);
    }
  }
}
