import org.jspecify.annotations.NullMarked;

/**
 * The middle of the high-throughput executor's star: hands tasks to managers, and keeps account of
 * who has which.
 */
@NullMarked
module fonio.interchange {
  requires transitive fonio.wire;
  requires transitive fonio.transport;
  requires static org.jspecify;

  exports fonio.interchange;
}
