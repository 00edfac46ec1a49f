import org.jspecify.annotations.NullMarked;

/** The dataflow kernel: one writer at a time owns the table of tasks and decides what runs next. */
@NullMarked
module fonio.kernel {
  requires transitive fonio.api;
  requires static org.jspecify;
}
