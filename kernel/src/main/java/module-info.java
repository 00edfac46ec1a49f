import org.jspecify.annotations.NullMarked;

/** The dataflow kernel: one writer at a time owns the table of tasks and decides what runs next. */
@NullMarked
module fonio.kernel {
  requires static org.jspecify;

  exports fonio.kernel;
}
