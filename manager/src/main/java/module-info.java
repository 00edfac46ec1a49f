import org.jspecify.annotations.NullMarked;

/** The pool of one node with a link to an interchange. */
@NullMarked
module fonio.manager {
  requires transitive fonio.wire;
  requires transitive fonio.transport;
  requires fonio.pool;
  requires static org.jspecify;

  exports fonio.manager;
}
