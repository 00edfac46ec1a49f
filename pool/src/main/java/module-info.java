import org.jspecify.annotations.NullMarked;

/** The worker processes of one node: started, fed by credit, watched and replaced. */
@NullMarked
module fonio.pool {
  requires fonio.wire;
  requires fonio.transport;
  requires static org.jspecify;
}
