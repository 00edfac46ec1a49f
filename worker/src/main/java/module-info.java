import org.jspecify.annotations.NullMarked;

/** The Java worker process: takes a frame of tasks, runs them and sends the results back. */
@NullMarked
module fonio.worker {
  requires transitive fonio.api;
  requires fonio.wire;
  requires transitive fonio.transport;
  requires static org.jspecify;

  exports fonio.worker;
}
