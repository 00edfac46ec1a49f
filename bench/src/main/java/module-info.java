import org.jspecify.annotations.NullMarked;

/** Measurements of the kernel, the rings and whole runs. */
@NullMarked
module fonio.bench {
  requires transitive fonio.api;
  requires fonio.kernel;
  requires fonio.wire;
  requires fonio.transport;
  requires fonio.engine;
  requires jmh.core;
  requires static org.jspecify;
}
