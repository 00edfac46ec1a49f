import org.jspecify.annotations.NullMarked;

/** How frames travel: shared-memory rings, Unix sockets, payload segments and the wait strategy. */
@NullMarked
module fonio.transport {
  requires transitive fonio.wire;
  requires static org.jspecify;

  exports fonio.transport;
}
