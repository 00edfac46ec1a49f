import org.jspecify.annotations.NullMarked;

/** What users write against: apps, futures, configuration, resources and errors. */
@NullMarked
module fonio.api {
  requires static transitive org.jspecify;

  exports fonio.api;
  exports fonio.api.spi;
}
