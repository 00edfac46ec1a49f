import org.jspecify.annotations.NullMarked;

/** Measurements of the kernel, the rings and whole runs. */
@NullMarked
module fonio.bench {
  requires transitive fonio.api;
  requires fonio.kernel;
  requires fonio.wire;
  requires fonio.transport;
  requires fonio.interchange;
  requires fonio.engine;
  requires java.management;
  requires jmh.core;
  requires static org.jspecify;
}
