import org.jspecify.annotations.NullMarked;

/** The worker processes of one node: started, fed by credit, watched and replaced. */
@NullMarked
module fonio.pool {
  requires transitive fonio.wire;
  requires transitive fonio.transport;
  requires static org.jspecify;

  exports fonio.pool;
}
