import org.jspecify.annotations.NullMarked;

/** The kernel's side of each executor. */
@NullMarked
module fonio.executors {
  requires transitive fonio.api;
  requires fonio.kernel;
  requires fonio.wire;
  requires fonio.transport;
  requires fonio.pool;
  requires static org.jspecify;
}
