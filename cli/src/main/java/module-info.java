import org.jspecify.annotations.NullMarked;

/** The {@code fonio} command: reads words and calls the other modules. */
@NullMarked
module fonio.cli {
  requires fonio.engine;
  requires fonio.memo;
  requires info.picocli;
  requires tools.jackson.databind;
  requires static org.jspecify;

  opens fonio.cli to
      info.picocli,
      tools.jackson.databind;
}
