import org.jspecify.annotations.NullMarked;

/** What tests of several modules share: a clock that is stepped, recorded effects, lossy links. */
@NullMarked
module fonio.testkit {
  requires static org.jspecify;
}
