import org.jspecify.annotations.NullMarked;

/** What tests of several modules share. */
@NullMarked
module fonio.testkit {
  requires static org.jspecify;

  exports fonio.testkit;
}
