import org.jspecify.annotations.NullMarked;

/** The kernel's side of each executor. */
@NullMarked
module fonio.executors {
  requires transitive fonio.api;
  requires transitive fonio.kernel;
  requires transitive fonio.wire;
  requires transitive fonio.transport;
  requires transitive fonio.pool;
  requires transitive fonio.interchange;
  requires static org.jspecify;

  exports fonio.executors;
}
