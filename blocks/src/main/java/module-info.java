import org.jspecify.annotations.NullMarked;

/** The blocks of an executor: how many there are, when more are asked for, when they go. */
@NullMarked
module fonio.blocks {
  requires static org.jspecify;

  exports fonio.blocks;
}
