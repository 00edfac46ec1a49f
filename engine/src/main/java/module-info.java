import org.jspecify.annotations.NullMarked;

/** One run put together: as a library, and as a process for clients in other languages. */
@NullMarked
module fonio.engine {
  requires transitive fonio.api;
  requires fonio.kernel;
  requires fonio.wire;
  requires fonio.transport;
  requires fonio.pool;
  requires fonio.worker;
  requires fonio.executors;
  requires fonio.blocks;
  requires fonio.providers;
  requires fonio.manager;
  requires fonio.interchange;
  requires fonio.memo;
  requires fonio.journal;
  requires tools.jackson.dataformat.toml;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports fonio.engine;
}
