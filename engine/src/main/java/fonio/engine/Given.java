package fonio.engine;

import fonio.api.Arg;
import org.jspecify.annotations.Nullable;

/** The arguments of a call as its caller gave them. */
final class Given {
  private Given() {}

  /** Puts values in the place of those that were marked, and refuses futures of other runs. */
  static void unpack(@Nullable Object[] arguments, Library run) {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof Arg.Value<?>(Object value)) {
        arguments[i] = value;
      } else if (argument instanceof LocalTask<?> task && !task.isOf(run)) {
        throw new IllegalArgumentException(
            "argument %d is task %d of another run; join it and pass its value"
                .formatted(i, task.id()));
      }
    }
  }
}
